/// The frame of a page that is kept, sent and printed: it needs nothing but itself.
enum PrintedPage {
    static func page(_ title: String, @HTMLBuilder _ main: () throws -> HTML) rethrows -> String {
        let page = try HTML.tag("html", ["lang": "en"]) {
            HTML.tag("head") {
                HTML.tag("meta", ["charset": "utf-8"])
                HTML.tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                HTML.tag(
                    "meta",
                    ["http-equiv": "Content-Security-Policy", "content": PrintedStylesheet.contentSecurityPolicy])
                HTML.tag("title") { title + " · Wayfold" }
                HTML.tag("style") { PrintedStylesheet.text }
            }
            try HTML.tag("body") {
                try HTML.tag("main") {
                    HTML.tag("h1") { title }
                    try main()
                }
            }
        }
        return "<!DOCTYPE html>\n" + page.markup + "\n"
    }
}

extension HTML {
    /// A text whose letters all count, such as a hash, a command or a proof.
    static func code(_ text: String) -> HTML { tag("code") { text } }

    /// Such a text of several lines.
    static func verbatim(_ text: String) -> HTML { tag("pre") { text } }

    /// Texts below each other in one cell.
    static func lines(_ lines: [HTML]) -> HTML {
        lines.reduce(HTML()) { all, line in all + tag("div") { line } }
    }

    static func paragraph(_ text: String) -> HTML { tag("p") { text } }

    static func warning(_ text: String) -> HTML { tag("p", ["class": "warning"]) { text } }
}
