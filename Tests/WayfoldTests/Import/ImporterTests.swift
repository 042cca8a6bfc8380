import EventLog
import Foundation
import Ingest
import Testing
import Touchpoints
@testable import Wayfold

struct ImporterTests {
    private static func lines(_ count: Int) -> [String] { (0..<count).map { Sample.event("e\($0)") } }

    @Test func `importing twice changes nothing`() async throws {
        let scratch = try Scratch()
        let file = try scratch.file("events", Self.lines(4_500).joined())
        let (first, _) = try await Importer.run(file, into: scratch.data)
        #expect((first.new, first.first?.rawValue, first.last?.rawValue) == (4_500, 2, 4_501))
        let (second, faults) = try await Importer.run(file, into: scratch.data)
        #expect(second == ImportSummary.of(duplicates: 4_500))
        #expect(faults.isEmpty)
        #expect(try LogReader(folder: DataFolder(openingAt: scratch.data)).head.rawValue == 4_501)
    }

    @Test(arguments: [
        ("{", ""), ("null", ""), ("[]", ""), (#"{"specversion":"1.0"}"#, "id"),
        (Sample.event("b", time: "noon"), "time"),
        (Sample.event("b", time: "2999-01-01T00:00:00Z"), "time"),
        (Sample.event("b", time: "1969-12-31T23:59:59Z"), "time"),
        (Sample.event("b", more: #""actor":"me","#), "actor"), (Sample.event("b", type: "policy.activated"), "type"),
        (Sample.event("b", type: "admin.anything"), "type"), (Sample.event("b", more: #""channel":5,"#), "channel"),
        (Sample.event("b", data: "{\"x\":\"" + String(repeating: "y", count: 66_000) + "\"}"), ""),
        (Sample.event("b", type: "order.paid"), "data.total"), (Sample.event("b\u{0}"), ""),
        (String(repeating: "[", count: 5_000), ""),
    ])
    func `one bad line is refused with its field, and the rest goes in`(bad: String, field: String) async throws {
        let scratch = try Scratch()
        let good = Self.lines(3)
        let text = good[0] + "\r\n" + bad.trimmingCharacters(in: .newlines) + "\n" + good[1] + good[2]
        let (summary, faults) = try await Importer.run(try scratch.file("events", text), into: scratch.data)
        #expect((summary.new, summary.refused, summary.total) == (3, 1, 4))
        switch try #require(faults.first) {
        case .rejected(_, let event):
            #expect((event.line, event.refusal.field) == (3, field))
            #expect(String(decoding: event.raw, as: UTF8.self) == bad.trimmingCharacters(in: .newlines))
        case .refused(_, let line, let id, let refusal, _): #expect((line, id, refusal.field) == (3, "b", field))
        case .conflict: Issue.record("a conflict was told")
        }
    }

    @Test func `a gzipped file that is cut short gives the events before the cut`() async throws {
        let scratch = try Scratch()
        let file = try scratch.file("events", Self.lines(300).joined())
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/bin/gzip")
        gzip.arguments = [file]
        try gzip.startAlone()
        gzip.waitUntilExit()
        let whole = try Data(contentsOf: URL(filePath: file + ".gz"))
        let cut = try scratch.file("cut.gz", whole.prefix(whole.count * 2 / 3))
        let damage = await #expect(throws: InputDamaged.self) { try await Importer.run(cut, into: scratch.data) }
        #expect(damage?.error == .truncated)
        #expect(damage?.stored ?? 0 > 0)
        let (summary, _) = try await Importer.run(file + ".gz", into: scratch.data)
        #expect(summary.duplicates == damage?.stored)
        #expect(summary.total == 300)
    }

    @Test func `a dry run says the same as the import, and stores nothing`() async throws {
        let scratch = try Scratch()
        _ = try await Importer.run(try scratch.file("first", Self.lines(3).joined()), into: scratch.data)
        let text =
            Self.lines(5).joined() + Sample.event("e1", type: "seat.left") + Sample.event("e4", type: "seat.left")
            + Sample.event("far", time: "2999-01-01T00:00:00Z") + "{"
        let file = try scratch.file("second", text)
        let (dry, _) = try await Importer.run(file, into: scratch.data) { $0.isDryRun = true }
        #expect((dry.new, dry.duplicates, dry.conflicts, dry.refused) == (2, 3, 2, 2))
        let (real, _) = try await Importer.run(file, into: scratch.data)
        #expect((real.new, real.duplicates, real.conflicts, real.refused) == (2, 3, 2, 2))
    }

    @Test func `a dry run says what it does not decide`() async throws {
        let scratch = try Scratch()
        let text =
            Sample.event("a", type: "customer.identified", data: #"{"alias":"cookie:c"}"#)
            + Sample.event("b", type: "customer.merged", data: #"{"alias":"member:never-seen"}"#)
            + Sample.event("c", type: "event.voided", data: #"{"position":99}"#) + Sample.event("d")
        let file = try scratch.file("events", text)
        let (dry, _) = try await Importer.run(file, into: scratch.data) { $0.isDryRun = true }
        #expect((dry.new, dry.undecided, dry.refused) == (4, 3, 0))
        let (real, faults) = try await Importer.run(file, into: scratch.data)
        #expect((real.new, real.undecided, real.refused) == (2, 0, 2))
        #expect(
            faults.map { if case .refused(_, _, _, let refusal, _) = $0 { refusal.field } else { "" } }
                == ["data.alias", "data.position"])
    }

    @Test(arguments: [false, true]) func `backfill is stamped into the events`(isBackfill: Bool) async throws {
        let scratch = try Scratch()
        let file = try scratch.file("events", Self.lines(3).joined())
        _ = try await Importer.run(file, into: scratch.data) { $0.isBackfill = isBackfill }
        // Sent again without it, they are the same events.
        #expect(try await Importer.run(file, into: scratch.data).summary == ImportSummary.of(duplicates: 3))
        let log = try LogReader(folder: DataFolder(openingAt: scratch.data))
        for position in 2...4 as ClosedRange<UInt64> {
            #expect(try log.event(at: Position(position)).flags.contains(.backfill) == isBackfill)
        }
    }
}
