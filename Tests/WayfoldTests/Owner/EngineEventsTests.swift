import Digests
import Ingest
import Testing
import Touchpoints

@testable import Wayfold

struct EngineEventsTests {
    private let events = EngineEvents(keys: HashKeys(secret: [UInt8](repeating: 1, count: 16))!)

    @Test func `an activation carries the text as it was written, whatever it holds`() throws {
        let yaml = "a: \"b\\c\"\t# \u{1}\u{7F} \u{2028} \u{1F600}\r\nd: e\n"
        let batch = try events.policyActivated(yaml: yaml, zone: .utc, note: "why \"not\"")
        let draft = try #require(batch.drafts.first)
        #expect(batch.count == 1)
        #expect(draft.type == .policyActivated)
        #expect(draft.flags.contains(.timeSupplied))
        let clear = ClearPart(bytes: batch.arena[draft.clear.range].span.bytes)
        #expect(clear.data.text("yaml") == yaml)
        #expect(clear.data.text("zone") == ZoneTable.utc.encoded)
    }

    @Test func `two ticks are two events`() throws {
        let time = Timestamp(microseconds: 1_600_000_000_000_001)
        let first = try events.clockTicked(to: time)
        #expect(first.drafts[0].occurred == time)
        #expect(first.drafts[0].identity != (try events.clockTicked(to: time)).drafts[0].identity)
        #expect(try events.clockTicked(to: nil).drafts[0].flags.contains(.timeSupplied))
    }
}
