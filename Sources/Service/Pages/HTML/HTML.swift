/// A piece of a page.
///
/// ```swift
/// HTML.tag("p", ["class": "note"]) { "Customers of " + name }
/// ```
/// Names of elements and attributes stand in the program, and every text goes through ``HTMLEscaping``: nothing that
/// came from elsewhere can become markup. What is written is well-formed XML, too.
struct HTML: Sendable, Equatable {
    private(set) var markup = ""

    /// Nothing.
    init() {}

    /// A text as it is read.
    init(_ text: String) { HTMLEscaping.append(text, to: &markup) }

    /// An element and what stands in it; attributes without a value are left out.
    static func tag(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:],
        @HTMLBuilder _ content: () throws -> HTML
    ) rethrows -> HTML {
        var element = HTML()
        element.open(name, attributes, end: ">")
        element.markup += try content().markup
        element.markup += "</\(name)>"
        if linesEndBehind.contains(name.description) { element.markup += "\n" }
        return element
    }

    /// An element in which nothing can stand: `<meta/>`.
    static func tag(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>) -> HTML {
        var element = HTML()
        element.open(name, attributes, end: "/>")
        return element
    }

    static func + (first: HTML, second: HTML) -> HTML {
        var both = first
        both.markup += second.markup
        return both
    }

    private mutating func open(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>, end: StaticString
    ) {
        markup += "<\(name)"
        for (attribute, value) in attributes {
            guard let value else { continue }
            markup += " \(attribute)=\""
            HTMLEscaping.append(value, to: &markup)
            markup += "\""
        }
        markup += "\(end)"
    }

    /// Elements that are lines of their own, for those who read the source.
    private static let linesEndBehind: Set<String> = [
        "body", "caption", "div", "footer", "form", "h1", "h2", "h3", "head", "header", "li", "main", "p", "section",
        "style", "table", "tbody", "thead", "title", "tr", "ul",
    ]
}
