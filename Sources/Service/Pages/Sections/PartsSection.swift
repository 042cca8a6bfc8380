import Wayfold

/// Every part of every view, for those who want the rows themselves.
enum PartsSection {
    static func html(_ catalogue: Catalogue) -> HTML {
        HTML.tag("section") {
            HTML.tag("h2") { "All tables" }
            HTML.tag("p", ["class": "note"]) { "As files for a spreadsheet (CSV) or a program (JSON)." }
            HTML.table(
                "Parts of the views", [.text("part"), .text("columns"), .text("files")], catalogue.parts.map(row))
        }
    }

    private static func row(_ part: PartDescription) -> [HTML] {
        let needed = part.options.filter(\.isRequired).map(\.name)
        let files =
            needed.isEmpty
            ? link(part, "csv") + HTML(" ") + link(part, "json") : HTML("needs " + needed.joined(separator: ", "))
        return [
            HTML("\(part.view)/\(part.name)"), HTML(part.columns.map(\.name).joined(separator: ", ")), files,
        ]
    }

    private static func link(_ part: PartDescription, _ format: String) -> HTML {
        HTML.link(SiteLink(["v1", "views", part.view, part.name], [("format", format)]), format.uppercased())
    }
}

extension PartOption {
    fileprivate var isRequired: Bool {
        switch self {
        case .customer(let required), .text(_, let required): required
        case .choice: false
        }
    }
}
