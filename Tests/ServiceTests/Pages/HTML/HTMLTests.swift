import Testing

@testable import Service

struct HTMLTests {
    @Test(arguments: [
        ("plain text, 100 %\n", "plain text, 100 %\n"), ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"),
        ("\0\t\r\u{1B}[31m", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}[31m"), ("é – 本 👍", "é – 本 👍"),
        ("\u{FEFF}\u{FFFF}\u{1FFFE}", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("", ""),
    ])
    func `a text is escaped`(text: String, markup: String) { #expect(HTML(text).markup == markup) }

    @Test func `attributes are escaped, and left out where they have no value`() {
        let element = HTML.tag("td", ["class": nil, "title": "\"<'>&"]) { "<b>" }
        #expect(element.markup == "<td title=\"&quot;&lt;&#39;&gt;&amp;\">&lt;b&gt;</td>")
    }

    @Test func `pieces stand in their order`() {
        let isShown = false
        let piece = HTML.tag("p") {
            "a"
            if isShown { "never" }
            for number in 1...3 { HTML.tag("b") { "\(number)" } }
            HTML.tag("meta", ["charset": "utf-8"])
        }
        #expect(piece.markup == "<p>a<b>1</b><b>2</b><b>3</b><meta charset=\"utf-8\"/></p>\n")
    }

    @Test(arguments: [
        (["customer"], "a b/c?d&e=f#g", "/customer?alias=a%20b%2Fc%3Fd%26e%3Df%23g"),
        ([".."], "é", "/..?alias=%C3%A9"), (["//evil"], "\n", "/%2F%2Fevil?alias=%0A"),
    ])
    func `a link holds nothing but what it was given`(segments: [String], alias: String, text: String) {
        #expect(SiteLink(segments, [("alias", alias)]).text == text)
    }

    @Test func `without segments a link leads to the first page`() { #expect(SiteLink().text == "/") }

    @Test func `a bar is never longer than its place`() {
        for amount in [-1, 0, 3, 4, 100, Double.infinity] {
            let bar = HTML.bar(amount, of: 4, "t").markup
            #expect(bar.contains("<title>t</title>"))
            #expect(bar.contains("width=\"\(["0.00", "75.00", "100.00"][amount <= 0 ? 0 : amount == 3 ? 1 : 2])\""))
        }
        #expect(HTML.bar(0, of: 0, "none").markup.contains("width=\"0.00\""))
    }

    @Test func `the stylesheet stands in a page as it was written, and the policy of the page knows it`() throws {
        #expect(HTML(Stylesheet.text).markup == Stylesheet.text)
        #expect(Stylesheet.text.count { $0 == "{" } == Stylesheet.text.count { $0 == "}" })
        #expect(!Stylesheet.text.contains("url(") && !Stylesheet.text.contains("@import"))
        // The hash of RFC 6234 in base64: 32 bytes are 44 characters.
        #expect(Stylesheet.contentSecurityPolicy.contains(/style-src 'sha256-[A-Za-z0-9+\/]{43}='/))
        #expect(ErrorPage.html(status: 404, title: "", detail: "").contains("<style>\(Stylesheet.text)</style>"))
    }
}
