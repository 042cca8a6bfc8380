import Testing
import Touchpoints

@testable import Ingest

/// What a client sends again is known again.
struct SegmentRetryTests {
    /// The identities and contents of a batch.
    private static func hashes(_ outcome: Outcome) -> [String] {
        outcome.batch.drafts.map { "\($0.identity) \($0.content)" }
    }

    private static func stamp(_ random: inout SplitMix) -> String {
        Timestamp(rawValue: 1_772_355_600_000_000 + Int64(random.next() % 100_000_000)).description
    }

    /// A message of random members; `volatile` is what may differ the next time.
    private static func message(_ random: inout SplitMix) -> (String) -> String {
        let type = SegmentCall.single[Int(random.next() % 6)].rawValue
        var members = [#""type":"\#(type)""#, #""groupId":"g""#, #""previousId":"p""#]
        let events = ["Order Completed", "Product Viewed", "Song Played", "Cart Viewed"]
        members.append(#""event":"\#(events[Int(random.next() % 4)])""#)
        if random.next() % 4 > 0 { members.append(#""messageId":"m\#(random.next())""#) }
        members.append(
            random.next() % 3 > 0 ? #""userId":"u\#(random.next() % 9)""# : #""anonymousId":null,"userId":7"#)
        if random.next() % 2 > 0 { members.append(#""anonymousId":"f3","x":[1.50,{}]"#) }
        if random.next() % 3 > 0 { members.append(#""timestamp":"\#(stamp(&random))""#) }
        members.append(#""properties":{"total":\#(random.next() % 10_000)e-2,"sku":"a","b":{"c":\#(random.next())}}"#)
        let hasContext = random.next() % 2 > 0
        if members.filter({ $0.contains("anonymousId") }).count > 1 { members.removeAll { $0.contains("null") } }
        if !members.contains(where: { $0.contains("userId") }) { members.append(#""userId":"7""#) }
        let fixed = members.joined(separator: ",")
        return { volatile in
            let context = hasContext ? #","context":{"ip":"192.0.2.\#(volatile.utf8.count)","os":"x"}"# : ""
            return "{\(fixed)\(volatile)\(context)}"
        }
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `a batch that is sent again is all duplicates`(seed: UInt64) throws {
        var random = SplitMix(seed)
        let messages = (0..<Int(random.next() % 12 + 1)).map { _ in Self.message(&random) }
        let first = try Outcome(
            segment: #"{"batch":[\#(messages.map { $0("") }.joined(separator: ","))]}"#, as: .batch)
        #expect(first.refusals == [])
        #expect(first.batch.count >= messages.count)
        for _ in 0..<4 {
            let texts = messages.map { message in
                let volatile = [
                    "", #","sentAt":"\#(Self.stamp(&random))""#, #","integrations":{"All":\#(random.next() % 2 == 0)}"#,
                    #","_metadata":{"retryCount":\#(random.next())},"writeKey":"k""#,
                    #","receivedAt":"\#(Self.stamp(&random))","request_ip":"192.0.2.9""#,
                ]
                return message(volatile[Int(random.next() % 5)])
            }
            let again = try Outcome(
                segment:
                    #"{"writeKey":"k","sentAt":"\#(Self.stamp(&random))","batch":[\#(texts.joined(separator: " , "))]}"#,
                as: .batch, receivedAt: Self.stamp(&random))
            #expect(Self.hashes(again) == Self.hashes(first))
        }
    }

    @Test func `a message by itself and in a batch is the same`() throws {
        let members = #""event":"E","userId":"7","properties":{"b":1,"a":2}}"#
        let alone = try Outcome(segment: "{" + members, as: .track)
        let inBatch = try Outcome(segment: #"{"batch":[{"type":"track",\#(members)]}"#, as: .batch)
        let spelled = try Outcome(
            segment: #"{ "userId": "\u0037", "properties": {"a": 2, "b": 1}, "event": "E", "context": null }"#,
            as: .track)
        #expect(Self.hashes(alone) == Self.hashes(inBatch))
        #expect(Self.hashes(alone) == Self.hashes(spelled))
    }

    @Test(arguments: [
        #""event":"F","userId":"7""#, #""event":"E","userId":"8""#, #""event":"E","anonymousId":"7""#,
        #""event":"E","userId":"7","properties":{"a":1}"#,
        #""event":"E","userId":"7","timestamp":"2026-03-01T09:00:00Z""#,
        #""event":"E","userId":"7","context":{"os":"x"}"#, #""event":"E","userId":"7","other":1"#,
    ])
    func `without an id, another message is another event`(members: String) throws {
        let one = try Outcome(segment: #"{"event":"E","userId":"7"}"#, as: .track)
        let other = try Outcome(segment: "{\(members)}", as: .track)
        #expect(one.draft.identity != other.draft.identity)
    }
}

/// A stream of numbers from a seed.
struct SplitMix {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0xBF58_476D_1CE4_E5B9 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
