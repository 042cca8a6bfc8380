import Digests
import EventLog
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

    @Test func `a merge names both aliases to the log, also such as no subject can spell`() throws {
        let alias = EventLog.Alias(kind: "member", value: "7")
        let other = EventLog.Alias(kind: "id@shop", value: "a:\"b\"")
        let batch = try events.customerMerged(alias, other, Grounds(reason: "double-account", note: "said so"))
        let draft = try #require(batch.drafts.first)
        #expect(draft.type == .customerMerged)
        #expect(draft.flags.contains(.timeSupplied))
        #expect(batch.text(draft.aliasKind) + ":" + batch.text(draft.aliasValue) == "member:7")
        let others = AliasList.aliases(in: batch.arena[draft.otherAliases.range].span.bytes)
        #expect(others.map { String(decoding: $0.kind, as: UTF8.self) } == ["id@shop"])
        #expect(others.map { String(decoding: $0.value, as: UTF8.self) } == ["a:\"b\""])
        let clear = ClearPart(bytes: batch.arena[draft.clear.range].span.bytes)
        #expect(clear.data.text("reason") == "double-account")
        #expect(clear.data.text("note") == nil)
        #expect(clear.data.text("alias") == nil)
    }

    @Test func `the same split twice is two events, the same voiding one`() throws {
        let alias = EventLog.Alias(kind: "member", value: "7")
        let splits = try (1...2).map { _ in try events.customerSplit([alias], of: alias, Grounds()) }
        #expect(splits[0].drafts[0].identity != splits[1].drafts[0].identity)
        let voidings = try events.eventsVoided([Position(3), Position(4), Position(3)], Grounds(reason: "test"))
        #expect(voidings.drafts.map(\.type) == [.eventVoided, .eventVoided, .eventVoided])
        #expect(voidings.drafts[0].identity == voidings.drafts[2].identity)
        #expect(voidings.drafts[0].content == voidings.drafts[2].content)
        #expect(voidings.drafts[0].identity != voidings.drafts[1].identity)
    }
}
