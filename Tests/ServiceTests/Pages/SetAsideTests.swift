import Testing
import Touchpoints
import Wayfold

@testable import Service

struct SetAsideTests {
    private let log: PageLog

    init() async throws {
        log = try await PageLog(PageLog.shop, catalogue: Catalogue([Picky.self]))
        let engine = try FoldEngine(folder: log.answers.folder, catalogue: log.answers.catalogue)
        _ = try engine.catchUp()
        try engine.save()
        try engine.close()
        try log.answers.refresh()
    }

    @Test func `the first page names customers that a view has set aside, and leads to them`() throws {
        let page = try PageReader(try FrontPage.html(log.answers))
        let isThere = ["Customers set aside", "email:ada@example.com", "picky"].map(page.text.contains)
        #expect(isThere == [true, true, true])
        #expect(page.targets.contains("/customer?alias=email%3Aada%40example.com"))
    }

    @Test func `the page of such a customer says so, and that of another one does not`() throws {
        let words = "so that figures are missing"
        let page = try PageReader(try CustomerPageHTML.html(log.answers, alias: "email:ada@example.com"))
        #expect(page.text.contains(words))
        let other = try PageReader(try CustomerPageHTML.html(log.answers, alias: "member:1042"))
        #expect(!other.text.contains(words))
    }
}

/// A view that cannot take one type.
private struct Picky: Projector {
    typealias State = Oddity.State

    static let name = "picky"
    static let version = 1

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        if event.type.builtInName == nil { throw StateError("this is too much") }
        state.events += 1
    }

    static let parts = [
        Part<Picky>(
            "customers", columns: [.text("customer")], options: [.customer(required: false)]
        ) { view, query, emit in
            try view.forEachCustomer(of: query) { customer, _ in try emit([.text(try view.name(of: customer))]) }
        }
    ]
}
