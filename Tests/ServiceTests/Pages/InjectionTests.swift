import Foundation
import Testing
import Touchpoints
import Wayfold

@testable import Service

/// What producers and policies say stands on pages as text, and never as markup.
struct InjectionTests {
    /// What outsiders might try, with what is shown of it.
    static let attempts: [(text: String, shown: String)] = [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        (#""><img src=x onerror="alert(1)">"#, #""><img src=x onerror="alert(1)">"#),
        ("' onmouseover='alert(1)", "' onmouseover='alert(1)"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("&lt;b&gt;&amp;", "&lt;b&gt;&amp;"),
        ("]]><!--</style></title>", "]]><!--</style></title>"),
        ("not\u{FFFE}a\u{FFFF}character", "not\u{FFFD}a\u{FFFD}character"),
        ("left\u{202E}right\u{2066}", "left\u{FFFD}right\u{FFFD}"),
        ("//evil.example/?a=b#c", "//evil.example/?a=b#c"),
        ("../../v1/keys", "../../v1/keys"),
        ("👩‍🔬 می‌خواهم", "👩‍🔬 می‌خواهم"),
    ]

    private static let elements: Set = [
        "a", "body", "button", "caption", "div", "form", "h1", "h2", "head", "header", "html", "input", "label", "main",
        "meta", "p", "rect", "section", "style", "svg", "table", "tbody", "td", "th", "thead", "time", "title", "tr",
    ]
    private static let attributes: Set = [
        "action", "aria-label", "autocomplete", "charset", "class", "content", "datetime", "for", "height", "href",
        "id", "lang", "maxlength", "method", "name", "placeholder", "preserveAspectRatio", "required", "role", "scope",
        "tabindex", "type", "viewBox", "width",
    ]

    /// Holds a page against what pages are made of.
    private func check(_ page: String) throws -> PageReader {
        let read = try PageReader(page)
        #expect(Set(read.elements.keys).subtracting(Self.elements) == [])
        #expect(Set(read.attributes.map(\.name)).subtracting(Self.attributes) == [])
        for target in read.targets {
            #expect(target.hasPrefix("/") && !target.hasPrefix("//"), "\(target)")
            #expect(target.utf8.allSatisfy { (0x21..<0x7F).contains($0) }, "\(target)")
        }
        return read
    }

    @Test(arguments: attempts)
    func `an alias and a type are text on every page`(text: String, shown: String) async throws {
        let lines = PageLog.event(1, text, of: "member:" + text, at: "2026-03-01T10:00:00Z")
        let answers = try await PageLog(lines).answers
        #expect(try check(try FrontPage.html(answers)).text.contains(shown))
        let page = try check(try CustomerPageHTML.html(answers, alias: "member:" + text))
        #expect(page.text.contains("member:" + shown))
        #expect(page.text.components(separatedBy: shown).count > 3)
    }

    @Test func `names of a policy are text`() async throws {
        let segment = #"- {name: '<script>"x"</script> & co', r: 1-5}"#
        let policy = "rfm:\n  segments:\n    \(segment)\n"
        let page = try check(try FrontPage.html(try await PageLog(PageLog.shop, policy: policy).answers))
        #expect(page.text.contains(#"<script>"x"</script> & co"#))
    }

    @Test(arguments: attempts)
    func `what a view of somebody's own says is text`(text: String, shown: String) async throws {
        let answers = try await PageLog(
            PageLog.event(1, text, of: "member:1", at: "2026-03-01T10:00:00Z"), catalogue: Catalogue([Oddity.self])
        ).answers
        #expect(try check(try FrontPage.html(answers)).text.contains(shown))
    }

    /// An event with a control character is refused, so only what is asked can hold one.
    @Test(arguments: attempts + [("a\0b\u{1B}c\u{7F}d\u{85}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}")])
    func `what went wrong is text`(text: String, shown: String) throws {
        let page = try check(ErrorPage.html(status: 404, title: text, detail: text))
        // In the head, as the heading, and below it.
        #expect(page.text.components(separatedBy: shown).count == 4)
    }
}

/// A view that says the types of events, under the name and columns of one that ships.
struct Oddity: Projector {
    struct State: ViewState {
        var events: Int64 = 0

        init() {}
        init(from reader: inout ByteReader) throws { events = try reader.readInt64() }
        func encode(into writer: inout ByteWriter) { writer.write(events) }
    }

    static let name = "lifecycle"
    static let version = 1

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws { state.events += 1 }

    static let parts: [Part<Oddity>] = [
        Part(
            "stages",
            columns: ["stage", "customers", "population", "share", "entered", "left", "median_days"].map { .text($0) }
        ) { view, query, emit in
            try view.forEachCustomer { customer, _ in
                try view.forEachEvent(of: customer) { event in
                    let type = view.name(of: event.type)
                    try emit([Value](repeating: .text(type), count: 7))
                }
            }
        }
    ]
}
