import Foundation
import Testing
import Transparency
import Wayfold

@testable import Service

struct AuditPageTests {
    /// Reports of a log, which stays there as long as they do.
    private struct Reports {
        let log: PageLog

        init(_ events: String = PageLog.shop) async throws { log = try await PageLog(events) }

        var folder: DataFolder { log.answers.folder }
        var page: AuditPage { get throws { AuditPage(log.answers, try LogTree(folder: folder)) } }
        func customer(_ alias: String) throws -> AuditPage.Made { try page.customer(alias) }
        func period() throws -> AuditPage.Made { try page.period(since: .start) }
    }

    /// Hashes are other ones in each folder.
    private static func steady(_ page: String) -> String {
        page.replacing(/[0-9a-f]{16,64}/, with: "#").replacing(/system:[^<&]+/, with: "system:#")
            .replacing("Wayfold \(ProgramVersion.text);", with: "Wayfold #;").replacing(
                /sha256-[A-Za-z0-9+\/=]+/, with: "sha256-#")
    }

    @Test func `the report about a customer is the one that was looked at`() async throws {
        let reports = try await Reports()
        let made = try reports.customer("cookie:7f3a")
        _ = try PageReader(made.html)
        try Golden.expect(Self.steady(made.html), "pages/audit-customer.html")
    }

    @Test func `the report about a time is the one that was looked at`() async throws {
        let reports = try await Reports()
        let made = try reports.period()
        _ = try PageReader(made.html)
        try Golden.expect(Self.steady(made.html), "pages/audit-period.html")
    }

    @Test func `a page leads nowhere and runs nothing`() async throws {
        let reports = try await Reports()
        for html in [try reports.customer("member:1042").html, try reports.period().html] {
            let read = try PageReader(html)
            #expect(read.targets.isEmpty)
            #expect(read.elements["script"] == nil && read.elements["link"] == nil && read.elements["img"] == nil)
            #expect(!html.contains("url(") && !html.contains("@import"))
        }
    }

    @Test func `each event has its leaf, its hash and a receipt that holds`() async throws {
        let reports = try await Reports()
        let folder = reports.folder
        let key = try folder.makeSigningKey(origin: "shop.example/log").key
        #expect(try reports.customer("member:2001").unprovedCount == 3)
        let checkpoint = try CheckpointSigner(folder: folder).sign()
        let made = try reports.customer("member:2001")
        #expect(made.eventCount == 3 && made.unprovedCount == 0)
        let text = try PageReader(made.html).text
        #expect(text.contains("\(key)") && text.contains(checkpoint.description))
        let receipts = made.html.matches(of: /<pre>(c2sp.org\/tlog-proof[^<]*)<\/pre>/).compactMap {
            Receipt($0.output.1)
        }
        #expect(receipts.count == 3)
        var hasher = TreeHasher()
        for receipt in receipts {
            #expect(receipt.fault(by: key) == nil)
            #expect(text.contains(String(decoding: receipt.entry, as: UTF8.self)))
            #expect(text.contains("\(hasher.leaf(receipt.entry))"))
        }
    }

    @Test func `of many steps the last are shown, and it is said how many more there are`() async throws {
        let lines = (0..<130).map { number in
            PageLog.event(
                number, "page.viewed", of: "member:1", at: "2026-03-01T10:\(10 + number / 60):\(10 + number % 50)Z")
        }
        let reports = try await Reports(lines.joined())
        let made = try reports.customer("member:1")
        let text = try PageReader(made.html).text
        #expect(made.eventCount == 130)
        #expect(text.contains(/[1-9][0-9]* more earlier steps are not shown\./))
        #expect(text.contains("130 records stand under this customer's names."))
    }

    @Test(arguments: InjectionTests.attempts)
    func `what producers say is text`(text: String, shown: String) async throws {
        let lines = PageLog.event(
            1, text, of: "member:" + text, at: "2026-03-01T10:00:00Z", #","caseid":\#(JSONString.quoted(text))"#)
        let reports = try await Reports(lines)
        let customer = try PageReader(try reports.customer("member:" + text).html)
        #expect(customer.text.contains("Audit report: member:" + shown))
        #expect(customer.text.components(separatedBy: shown).count > 5)
        let period = try PageReader(try reports.period().html)
        #expect(period.text.contains(shown))
        for read in [customer, period] {
            #expect(read.targets.isEmpty)
            #expect(Set(read.elements.keys).isDisjoint(with: ["script", "img", "a", "b", "iframe"]))
        }
    }

    @Test func `a name in a command is one word of a shell`() {
        #expect(ShellText.quoted("member:1042") == "member:1042")
        #expect(ShellText.quoted("it's; rm -rf") == #"'it'\''s; rm -rf'"#)
        #expect(ShellText.quoted("") == "''")
        #expect(ShellText.quoted("$(x)") == "'$(x)'")
    }
}
