import Foundation
import Testing
import Transparency
import Wayfold

@testable import Service

struct AuditPageTests {
    private static func page(_ answers: ViewAnswers) throws -> AuditPage {
        AuditPage(answers, try LogTree(folder: answers.folder))
    }

    /// Hashes are other ones in each folder.
    private static func steady(_ page: String) -> String {
        page.replacing(/[0-9a-f]{16,64}/, with: "#").replacing(/sha256-[^']+/, with: "sha256-#")
    }

    @Test func `the report about a customer is the one that was looked at`() async throws {
        let log = try await PageLog(PageLog.shop)
        let made = try Self.page(log.answers).customer("cookie:7f3a")
        _ = try PageReader(made.html)
        try Golden.expect(Self.steady(made.html), "pages/audit-customer.html")
    }

    @Test func `the report about a time is the one that was looked at`() async throws {
        let log = try await PageLog(PageLog.shop)
        let made = try Self.page(log.answers).period(since: .start)
        _ = try PageReader(made.html)
        try Golden.expect(Self.steady(made.html), "pages/audit-period.html")
    }

    @Test func `a page leads nowhere and runs nothing`() async throws {
        let log = try await PageLog(PageLog.shop)
        let page = try Self.page(log.answers)
        for html in [try page.customer("member:1042").html, try page.period(since: .start).html] {
            let read = try PageReader(html)
            #expect(read.targets.isEmpty)
            #expect(read.elements["script"] == nil && read.elements["link"] == nil && read.elements["img"] == nil)
            #expect(!html.contains("url(") && !html.contains("@import"))
        }
    }

    @Test func `each event has its leaf, its hash and a receipt that holds`() async throws {
        let log = try await PageLog(PageLog.shop)
        let folder = log.answers.folder
        let key = try folder.makeSigningKey(origin: "shop.example/log").key
        #expect(try Self.page(log.answers).customer("member:2001").unprovedCount == 3)
        let checkpoint = try CheckpointSigner(folder: folder).sign()
        let made = try Self.page(log.answers).customer("member:2001")
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
        let made = try Self.page(try await PageLog(lines.joined()).answers).customer("member:1")
        let text = try PageReader(made.html).text
        #expect(made.eventCount == 130)
        #expect(text.contains("30 more earlier steps are not shown."))
        #expect(text.contains("130 records stand under this customer's names."))
    }

    @Test(arguments: InjectionTests.attempts)
    func `what producers say is text`(text: String, shown: String) async throws {
        let lines = PageLog.event(
            1, text, of: "member:" + text, at: "2026-03-01T10:00:00Z", #","caseid":\#(JSONString.quoted(text))"#)
        let page = try Self.page(try await PageLog(lines).answers)
        let customer = try PageReader(try page.customer("member:" + text).html)
        #expect(customer.text.contains("Audit report: member:" + shown))
        #expect(customer.text.components(separatedBy: shown).count > 5)
        let period = try PageReader(try page.period(since: .start).html)
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
