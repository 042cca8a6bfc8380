import Testing
import Touchpoints
import Views
import Wayfold

@testable import Service

struct FrontPageTests {
    @Test func `the page of a small shop is the one that was looked at`() async throws {
        let page = try FrontPage.html(try await PageLog(PageLog.shop).answers)
        _ = try PageReader(page)
        try Golden.expect(page, "pages/front.html")
    }

    @Test func `an empty log has a page that says so`() async throws {
        let page = try PageReader(try FrontPage.html(try await PageLog(policy: nil).answers))
        #expect(page.text.contains("the log is empty"))
        #expect(page.elements["table"] == nil)
    }

    @Test func `a log without an event has all sections`() async throws {
        let page = try PageReader(try FrontPage.html(try await PageLog().answers))
        #expect(page.elements["section"] == 5)
        #expect(page.text.contains("Nobody has bought anything yet."))
    }

    @Test func `views that are not there, or say other things, are left out, and all are listed`() async throws {
        let log = try await PageLog(PageLog.shop, catalogue: Catalogue([Journey.self, Namesake.self]))
        let page = try PageReader(try FrontPage.html(log.answers))
        let isThere = ["Journey map", "Customers by stage", "frequency", "Members by tier"].map(page.text.contains)
        #expect(isThere == [true, false, false, false])
        #expect(page.targets.contains("/v1/views/rfm/grid?format=csv"))
    }

    @Test func `customers to begin with have links to their pages`() async throws {
        let page = try PageReader(try FrontPage.html(try await PageLog(PageLog.shop).answers))
        let links = page.targets.filter { $0.hasPrefix("/customer?alias=") }
        #expect(!links.isEmpty && Set(links).count == links.count)
    }

    @Test func `every table says what it is, and every cell of a head what it is the head of`() async throws {
        let page = try PageReader(try FrontPage.html(try await PageLog(PageLog.shop).answers))
        #expect(page.elements["table"]! > 5)
        #expect(page.elements["table"] == page.elements["caption"])
        #expect(page.elements["th"] == page.attributes.count { $0.element == "th" && $0.name == "scope" })
        #expect(page.elements["svg"] == page.elements["title"]! - 1)
    }

    @Test func `a page stays below 1 MiB with 10,000 customers and 3,000 types`() async throws {
        var lines = ""
        for number in 0..<10_000 {
            let type = number % 10 < 3 ? "type.number\(number)" : "order.paid"
            let currency = ["EUR", "USD", "JPY", "CHF", "SEK", "NOK", "DKK"][number % 7]
            let total = #"{"amount":"\#(number)","currency":"\#(currency)"}"#
            lines += PageLog.event(
                number, type, of: "member:\(number)", at: "2026-0\(number % 3 + 1)-11T10:00:00Z",
                #","orderid":"o\#(number)","data":{"total":\#(total)}"#)
        }
        let page = try FrontPage.html(try await PageLog(lines).answers)
        #expect(page.utf8.count < 1 << 18)
        let read = try PageReader(page)
        #expect(read.text.contains("more touchpoints are not shown."))
        #expect(read.text.contains("2 more currencies are not shown."))
    }
}

/// A view of somebody's own with the name of one that ships.
private struct Namesake: Projector {
    typealias State = Oddity.State

    static let name = "rfm"
    static let version = 1

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws { state.events += 1 }

    static let parts = [Part<Namesake>("grid", columns: [.integer("r")]) { _, _, emit in try emit([.integer(1)]) }]
}
