/// What all pages have around them.
enum PageFrame {
    /// A whole page: UTF-8, ready to be sent as `text/html`.
    static func page(_ title: String, @HTMLBuilder _ main: () throws -> HTML) rethrows -> String {
        let page = try HTML.tag("html", ["lang": "en"]) {
            HTML.tag("head") {
                HTML.tag("meta", ["charset": "utf-8"])
                HTML.tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                // What stands in an address can be somebody's name.
                HTML.tag("meta", ["name": "referrer", "content": "no-referrer"])
                HTML.tag("meta", ["name": "robots", "content": "noindex"])
                HTML.tag("title") { title + " · Wayfold" }
                HTML.tag("style") { Stylesheet.text }
            }
            try HTML.tag("body") {
                HTML.tag("header") {
                    HTML.link(SiteLink(), "Wayfold")
                    search
                }
                try HTML.tag("main") {
                    HTML.tag("h1") { title }
                    try main()
                }
            }
        }
        return "<!DOCTYPE html>\n" + page.markup + "\n"
    }

    /// Asks for a customer by an alias.
    private static var search: HTML {
        HTML.tag("form", ["action": SiteLink(["customer"]).text, "method": "get", "role": "search"]) {
            HTML.tag("label", ["for": "alias"]) { "Customer" }
            HTML.tag(
                "input",
                [
                    "id": "alias", "name": "alias", "type": "search", "required": "required", "maxlength": "512",
                    "placeholder": "member:1042", "autocomplete": "off",
                ])
            HTML.tag("button") { "Show" }
        }
    }
}
