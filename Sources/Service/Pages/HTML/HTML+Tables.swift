/// A column of a table for people.
struct TableHeading: Sendable {
    let title: String
    /// Numbers stand at the right.
    var isNumber = false

    static func text(_ title: String) -> TableHeading { TableHeading(title: title) }
    static func number(_ title: String) -> TableHeading { TableHeading(title: title, isNumber: true) }
}

extension HTML {
    /// A table whose first cells name its rows.
    static func table(_ caption: String, _ headings: [TableHeading], _ rows: [[HTML]]) -> HTML {
        wide(caption) {
            tag("thead") {
                tag("tr") {
                    for heading in headings {
                        tag("th", ["scope": "col", "class": heading.isNumber ? "number" : nil]) { heading.title }
                    }
                }
            }
            tag("tbody") { for row in rows { tableRow(headings, row) } }
        }
    }

    /// The frame of every table. On a narrow screen it can be moved sideways, by the keyboard, too.
    static func wide(_ caption: String, style: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
        tag("div", ["class": "wide", "role": "region", "aria-label": caption, "tabindex": "0"]) {
            tag("table", ["class": style]) {
                tag("caption") { caption }
                content()
            }
        }
    }

    private static func tableRow(_ headings: [TableHeading], _ cells: [HTML]) -> HTML {
        tag("tr") {
            for (index, cell) in cells.enumerated() {
                let style = headings[index].isNumber ? "number" : nil
                if index == 0 {
                    tag("th", ["scope": "row", "class": style]) { cell }
                } else {
                    tag("td", ["class": style]) { cell }
                }
            }
        }
    }

    /// Names and values side by side.
    static func list(_ caption: String, _ fields: [(name: String, value: HTML)]) -> HTML {
        wide(caption) {
            tag("tbody") {
                for field in fields {
                    tag("tr") {
                        tag("th", ["scope": "row"]) { field.name }
                        tag("td") { field.value }
                    }
                }
            }
        }
    }

    /// What was left out of a table.
    static func more(_ count: Int, _ things: String) -> HTML {
        guard count > 0 else { return HTML() }
        return tag("p", ["class": "note"]) { "\(Shown.grouped(String(count))) more \(things) are not shown." }
    }
}
