import EventLog
import Testing
import Touchpoints

@testable import Wayfold

struct DryRunTests {
    @Test func `verdicts are the log's, without positions for what is not in it`() async throws {
        let scratch = try Scratch()
        let session = try await WriteSession.open(path: scratch.data, worker: FakeWorker.idle)
        _ = try await session.append(Sample.drafts(Sample.event("a") + Sample.event("b", subject: "cookie:x")))
        let identified = Sample.event("i", type: "customer.identified", data: #"{"alias":"cookie:x"}"#)
        _ = try await session.append(Sample.drafts(identified))
        try await session.finish()
        let run = try DryRun(ImportRules(folder: session.folder))
        func verdicts(
            _ lines: String, expecting expected: Position? = nil, isStrict: Bool = false
        ) throws -> [Verdict] {
            try run.verdicts(Sample.drafts(lines), expecting: expected, isStrict: isStrict)
        }
        let other = Sample.event("a", type: "seat.left")
        #expect(
            try verdicts(Sample.event("a") + other + Sample.event("c"))
                == [.duplicate(Position(2)), .conflict(Position(2), differing: ["type"]), .stored(.start)])
        // Also of what came before in the same run.
        let again = Sample.event("c") + Sample.event("c", type: "seat.left")
        #expect(try verdicts(again) == [.duplicate(.start), .conflict(.start, differing: [])])
        // The customer's last is that of any of its names.
        #expect(try verdicts(Sample.event("d", subject: "cookie:x"), expecting: Position(4)) == [.stored(.start)])
        #expect(
            try verdicts(Sample.event("e"), expecting: Position(2)) == [.outdated(last: Position(4))])
        #expect(try verdicts(Sample.event("f", subject: "member:9"), expecting: .start) == [.stored(.start)])
        // Nothing of a strict batch that is held back counts as seen.
        let count = run.newCount
        #expect(
            try verdicts(Sample.event("g") + other, isStrict: true)
                == [.withheld, .conflict(Position(2), differing: ["type"])])
        #expect(run.newCount == count)
        #expect(try verdicts(Sample.event("g"), isStrict: true) == [.stored(.start)])
        #expect(try LogReader(folder: session.folder).head == Position(4))
    }
}
