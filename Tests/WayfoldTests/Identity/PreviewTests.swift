import EventLog
import Policies
import Projections
import Testing
import Touchpoints

@testable import Wayfold

struct PreviewTests {
    /// A log whose clock stands still, so that what comes between a dry run and the act is nothing.
    private struct World {
        let scratch: Scratch
        let folder: DataFolder
        let writer: LogWriter
        let events: EngineEvents
        var random: SeededGenerator

        init(seed: UInt64) async throws {
            scratch = try Scratch()
            folder = try DataFolder(creatingAt: scratch.data)
            writer = try LogWriter(folder: folder, now: { Timestamp(microseconds: 1_790_000_000_000_000) })
            events = EngineEvents(keys: folder.hashKeys)
            random = SeededGenerator(seed: seed)
            try await append(events.policyActivated(yaml: Policy.defaultText, zone: .utc, note: nil))
            var lines = ""
            for number in 1...30 {
                let (type, data) = [
                    ("page.viewed", "{}"), ("order.paid", #"{"total":{"amount":"\#(number).50","currency":"EUR"}}"#),
                    ("complaint.raised", "{}"), ("chat.started", "{}"),
                ].randomElement(using: &random)!
                lines += Sample.event(
                    "\(number)", type: type, subject: "\(alias())",
                    time: "2026-0\(Int.random(in: 1...8, using: &random))-1\(number % 10)T1\(number % 7):00:00Z",
                    data: data)
            }
            try await append(Sample.drafts(lines))
        }

        mutating func alias() -> Alias {
            Alias(
                kind: Bool.random(using: &random) ? "member" : "cookie",
                value: "\(Int.random(in: 1...3, using: &random))")
        }

        @discardableResult
        func append(_ batch: DraftBatch) async throws -> [Verdict] {
            try await writer.append(batch, AppendSettings().options(WritingRules(.default, zone: .utc)))
        }

        var answers: ViewAnswers { get throws { try ViewAnswers(folder: folder, catalogue: .standard) } }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>) func `a dry run says what then comes, in every view`(seed: UInt64)
        async throws
    {
        var world = try await World(seed: seed)
        var changes = 0
        for round in 0..<5 {
            let before = try world.answers
            let batch: DraftBatch
            let preview: Preview
            let (a, b) = (world.alias(), world.alias())
            guard try before.log.strand(of: a) != nil, try before.log.strand(of: b) != nil else { continue }
            switch round % 3 {
            case 0,
                1 where round < 3:
                batch = try world.events.customerMerged(a, b, Grounds())
                preview = try Preview(merging: a, b, in: before)
            case 1:
                batch = try world.events.customerSplit([a], of: a, Grounds())
                preview = try Preview(splitting: [a], of: a, in: before)
            default:
                let position = Position(UInt64.random(in: 2...31, using: &world.random))
                batch = try world.events.eventsVoided([position], Grounds())
                preview = try Preview(voiding: [position], in: before)
            }
            var foreseen: [Row] = []
            try preview.forEachChange { foreseen.append($0) }
            let verdicts = try await world.append(batch)
            #expect(verdicts == preview.verdicts)
            let after = try world.answers
            #expect(try after.log.decision(at: after.log.head) == preview.decision)
            var rows: [Row] = []
            for view in after.catalogue.names {
                var question = Question(view: view, part: "corrections")
                question.options["since"] = "\(before.log.head)"
                try after.answer(question) { rows.append([.text(view)] + $0) }
            }
            #expect(foreseen == rows)
            changes += rows.count
        }
        #expect(changes > 0)
    }
}
