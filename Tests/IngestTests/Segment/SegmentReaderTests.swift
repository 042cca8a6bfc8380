import Policies
import Testing
import Touchpoints

@testable import Ingest

struct SegmentReaderTests {
    @Test(arguments: ["segment-analytics-python", "rudder-sdk-python"])
    func `what an SDK posts becomes events`(sdk: String) throws {
        let body = try Golden.bytes("segment/\(sdk).json")
        let outcome = try Outcome(segment: body, as: .batch, receivedAt: "2026-03-01T08:00:12.000001Z")
        #expect(outcome.rejected == [])
        #expect(outcome.batch.count == 9)
        #expect(outcome.batch.drafts.map(\.line) == [1, 1, 2, 3, 4, 5, 6, 7, 8])
        try Golden.expect(outcome.words, "segment/\(sdk).golden.txt")
    }

    @Test(
        arguments: [
            (SegmentCall.track, #""event":"Song Played","properties":{"a":1}"#, #"Song Played {"a":1}"#),
            (.track, #""event":"Song Played""#, "Song Played {}"),
            (.page, #""name":"Start","properties":{"path":"/"}"#, #"page.viewed {"path":"/","title":"Start"}"#),
            (
                .page, #""name":"N","category":"C","properties":{"title":"T"}"#,
                #"page.viewed {"category":"C","name":"N","title":"T"}"#
            ),
            (.screen, #""name":"Basket""#, #"page.viewed {"title":"Basket"}"#),
            (.group, #""groupId":9,"traits":{"n":1}"#, #"group.joined {"groupId":"9","traits":{"n":1}}"#),
            (.identify, #""traits":{"a":null}"#, #"profile.updated {"traits":{"a":null}}"#),
            (.identify, #""context":{"traits":{"a":1}}"#, #"profile.updated {"traits":{"a":1}}"#),
            (.identify, "\"traits\":{}", #"profile.updated {"traits":{}}"#),
            (.alias, #""previousId":"x:y""#, #"customer.identified {"alias":"cookie:x:y","by":"alias"}"#),
            (.track, #""event":"E","properties":null,"context":null"#, "E {}"),
            (
                .track, #""event":"E","traits":{"a":1},"groupId":"g","extra":[1]"#,
                #"E {"segment":{"extra":[1],"groupId":"g","traits":{"a":1}}}"#
            ),
            (
                .track, #""event":"E","anonymousId":"f3","channel":"server""#,
                #"E {"segment":{"anonymousId":"f3","channel":"server"}}"#
            ),
            (
                .track, #""event":"E","properties":{"segment":"b2b"}"#,
                #"E {"segment":{"properties":{"segment":"b2b"}}}"#
            ),
            (
                .group, #""groupId":"g","properties":{"a":1}"#,
                #"group.joined {"groupId":"g","segment":{"properties":{"a":1}}}"#
            ),
        ] as [(SegmentCall, String, String)])
    func `each call becomes an event of its type`(call: SegmentCall, members: String, expected: String) throws {
        let outcome = try Outcome(segment: #"{"messageId":"m","userId":"7",\#(members)}"#, as: call)
        #expect(outcome.refusals == [])
        let draft = try #require(outcome.batch.drafts.first)
        let type = draft.type.builtInName ?? outcome.batch.text(draft.typeName)
        #expect("\(type) \(outcome.whole)" == expected)
        #expect(outcome.words(0)[0].hasPrefix("m \(type) customer:7 now"))
        #expect(outcome.batch.count == 1)
    }

    @Test func `who is identified under two ids is joined, and has traits`() throws {
        let ids = #"{"messageId":"m","userId":"7","anonymousId":"f3""#
        let both = try Outcome(segment: ids + #","traits":{"name":"Ada"},"context":{"locale":"de"}}"#, as: .identify)
        #expect(both.words(0)[0] == "m/identified customer.identified customer:7 now")
        #expect(both.whole == #"{"alias":"cookie:f3","by":"identify"}"#)
        #expect(both.words(1)[0] == "m profile.updated customer:7 now")
        #expect(both.words(1)[2] == #"  whole {"segment":{"context":{"locale":"de"}},"traits":{"name":"Ada"}}"#)
        let one = try Outcome(segment: ids + "}", as: .identify)
        #expect(one.batch.count == 1)
        #expect(one.words(0)[0] == "m customer.identified customer:7 now")
        let nobody = try Outcome(segment: #"{"messageId":"m","anonymousId":"f3"}"#, as: .identify)
        #expect(nobody.words(0)[0] == "m profile.updated cookie:f3 now")
    }

    @Test func `attributes come from the context, and the address does not stay`() throws {
        let context =
            #"{"ip":"192.0.2.7","campaign":{"name":"spring","medium":"mail"},"sessionId":1772355600,"os":{"name":"x"}}"#
        let outcome = try Outcome(
            segment: #"""
                {"messageId":"m","anonymousId":"f3","event":"E","channel":"browser","context":\#(context),
                "timestamp":"2026-03-01T09:00:00Z","sentAt":"2026-03-01T09:00:01Z","receivedAt":"2026-03-01T09:00:01Z",
                "integrations":{"All":true},"writeKey":"k","_metadata":{"retryCount":2},"request_ip":"192.0.2.7"}
                """#, as: .track)
        #expect(outcome.refusals == [])
        #expect(
            outcome.words(0)[0] == "m E cookie:f3 2026-03-01T09:00:01Z channel=web sessionid=1772355600 campaign=spring"
        )
        #expect(
            outcome.whole
                == #"{"segment":{"context":{"campaign":{"medium":"mail","name":"spring"},"os":{"name":"x"},"sessionId":1772355600}}}"#
        )
        #expect(outcome.clearJSON == "")
        #expect(!outcome.batch.arena.indices.contains { outcome.batch.arena[$0...].starts(with: "192.0".utf8) })
    }

    @Test(
        arguments: [
            (SegmentCall.track, "[]", "1 - : expected a JSON object with one message"),
            (.track, #"{"userId":"7"}"#, "1 - event: is missing: what was tracked"),
            (.track, #"{"userId":"7","event":""}"#, "1 - event: is missing: what was tracked"),
            (.track, #"{"userId":"7","event":{}}"#, "1 - event: expected a string"),
            (
                .track, #"{"event":"E","messageId":"m"}"#,
                "1 m userId: is missing, and so is anonymousId: one of both says who it was"
            ),
            (
                .track, #"{"event":"E","userId":"","anonymousId":null}"#,
                "1 - userId: is missing, and so is anonymousId: one of both says who it was"
            ),
            (.track, #"{"event":"E","userId":true}"#, "1 - userId: expected a string"),
            (.track, #"{"event":"E","userId":"7","properties":[]}"#, "1 - properties: expected an object"),
            (.track, #"{"event":"E","userId":"7","context":"x"}"#, "1 - context: expected an object"),
            (
                .track, #"{"event":"E","userId":"7","timestamp":"noon"}"#,
                "1 - timestamp: expected a time like 2024-03-13T10:21:14.000Z"
            ),
            (
                .track, #"{"event":"E","userId":"7","originalTimestamp":7}"#,
                "1 - originalTimestamp: expected a time like 2024-03-13T10:21:14.000Z"
            ),
            (
                .track, #"{"event":"policy.activated","userId":"7"}"#,
                "1 - event: policy.activated is recorded by the engine only"
            ),
            (.track, #"{"event":"admin.x","userId":"7"}"#, "1 - event: admin.x is recorded by the engine only"),
            (.track, #"{"event":"a\u0007b","userId":"7"}"#, "1 - event: holds a control character"),
            (.track, #"{"event":"E","userId":"a\nb"}"#, "1 - userId: holds a control character"),
            (.track, #"{"event":"E","anonymousId":"a\nb"}"#, "1 - anonymousId: holds a control character"),
            (
                .track, #"{"event":"E","userId":"7","messageId":"\u0001"}"#,
                "1 \u{1} messageId: holds a control character"
            ),
            (.track, #"{"event":"E","userId":"7","messageId":[]}"#, "1 - messageId: expected a string"),
            (
                .track, #"{"event":"Order Completed","userId":"7","properties":{"order_id":"\u0001","total":1}}"#,
                "1 - properties.order_id: holds a control character"
            ),
            (.group, #"{"userId":"7"}"#, "1 - groupId: is missing"),
            (.alias, #"{"userId":"7"}"#, "1 - previousId: is missing"),
            (.alias, #"{"previousId":"7"}"#, "1 - userId: is missing"),
            (.identify, #"{"userId":"7","traits":"x"}"#, "1 - traits: expected an object"),
            (.identify, #"{"userId":"7","anonymousId":"\u0001"}"#, "1 - anonymousId: holds a control character"),
        ] as [(SegmentCall, String, String)])
    func `a message that is refused names its own field`(call: SegmentCall, body: String, refusal: String) throws {
        let outcome = try Outcome(segment: body, as: call)
        #expect(outcome.refusals == [refusal])
        #expect(outcome.batch.isEmpty)
        #expect(outcome.batch.arena.isEmpty)
        #expect(outcome.rejected.first?.raw == Array(body.utf8))
    }

    @Test func `a bad message stops no other in its batch`() throws {
        let good = #"{"type":"track","event":"E","userId":"7","messageId":"g"}"#
        let bad = [
            "", #"{"type":"track","event":"\ud800"}"#, #"{"a":1,"a":2}"#, "7", #"{"type":"batch"}"#, "{}",
            #"{"type":"track","event":"\#(String(repeating: "x", count: 40_000))"}"#,
        ]
        let outcome = try Outcome(segment: "{\"batch\":[" + (bad + [good]).joined(separator: ",") + "]}", as: .batch)
        #expect(outcome.batch.drafts.map(\.line) == [8])
        #expect(outcome.rejected.map(\.line) == [1, 2, 3, 4, 5, 6, 7])
        #expect(
            outcome.rejected.map { "\($0.refusal.field): \($0.refusal.reason)" } == [
                ": the JSON text ends too early at byte 0", ": half of a surrogate pair at byte 25",
                ": the member \"a\" stands twice in one object at byte 7", ": expected a JSON object with one message",
                "type: expected one of track, identify, page, screen, group, alias",
                "type: is missing: expected one of track, identify, page, screen, group, alias",
                ": the message is longer than 32768 bytes",
            ])
    }

    @Test func `a request is as long as Segment allows`() throws {
        let message = #"{"event":"E","userId":"7","x":""#
        func body(_ count: Int) -> String {
            message + String(repeating: "x", count: count - message.utf8.count - 2) + "\"}"
        }
        #expect(try Outcome(segment: body(32_768), as: .track).batch.count == 1)
        #expect(throws: SegmentBodyError.tooLong(limit: 32_768)) { try Outcome(segment: body(32_769), as: .track) }
        #expect(throws: SegmentBodyError.tooLong(limit: 512_000)) {
            try Outcome(segment: Array(repeating: 0x20, count: 512_001), as: .batch)
        }
        #expect(throws: SegmentBodyError.notJSON(JSONError(offset: 0, reason: .unexpectedEnd))) {
            try Outcome(segment: "", as: .page)
        }
    }

    @Test(
        arguments: [
            (SegmentCall.track, #"{"writeKey":"k","event":1}"#, "k"),
            (.batch, #"{"batch":[{"writeKey":"x"},],"writeKey":"k"}"#, "k"),
            (.batch, #"{"batch":[{"writeKey":"x"}]}"#, nil), (.page, #"{"writeKey":7}"#, nil), (.page, "[", nil),
            (.batch, "{}", nil),
            (.page, "7", nil),
        ] as [(SegmentCall, String, String?)])
    func `a body can say who sends it`(call: SegmentCall, body: String, key: String?) {
        #expect(SegmentReader.writeKey(in: Array(body.utf8), as: call) == key)
    }

    @Test func `the context of a batch is that of its messages, and theirs goes before it`() throws {
        let outcome = try Outcome(
            segment: #"""
                {"context":{"ip":"192.0.2.7","device":{"type":"phone"},"locale":"en"},"batch":[
                {"type":"track","event":"E","userId":"7","messageId":"m","context":{"locale":"de"}}]}
                """#, as: .batch)
        #expect(outcome.whole == #"{"segment":{"context":{"device":{"type":"phone"},"locale":"de"}}}"#)
    }

    @Test func `a message that is deep is refused where its event would be too deep`() throws {
        for depth in 20...40 {
            let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let body = #"{"batch":[{"type":"track","event":"E","userId":"7","context":{"a":\#(deep)}}]}"#
            let outcome = try Outcome(segment: body, as: .batch)
            #expect(outcome.batch.count == (depth <= 28 ? 1 : 0), "\(depth)")
            #expect(outcome.batch.count + outcome.rejected.count == 1)
        }
    }

    @Test func `the policy says what is what`() throws {
        let policy = try Policy(
            yaml: """
                segment:
                  userId: member
                  anonymousId: device
                  previousId: member
                  currency: EUR
                  channels: {server: till}
                  events:
                    - {name: Bought, type: order.placed, data: {store: web}}
                """
        ).segment
        let outcome = try Outcome(
            segment: #"""
                {"batch":[
                {"type":"track","event":"Bought","userId":"7","messageId":"1","channel":"server",
                "properties":{"total":5,"store":"x"}},
                {"type":"track","event":"Order Completed","anonymousId":"f3","messageId":"2","channel":"web"},
                {"type":"alias","previousId":"6","userId":"7","messageId":"3"}]}
                """#, as: .batch, policy: policy)
        #expect(outcome.refusals == [])
        #expect(outcome.words(0)[0] == "1 order.placed member:7 now channel=till 5.00 EUR")
        #expect(
            outcome.whole
                == #"{"segment":{"properties":{"store":"x"}},"store":"web","total":{"amount":"5.00","currency":"EUR"}}"#
        )
        #expect(outcome.words(1)[0] == "2 Order Completed device:f3 now")
        #expect(outcome.words(2)[2].contains(#""alias":"member:6""#))
    }
}
