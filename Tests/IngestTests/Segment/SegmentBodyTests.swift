import Testing
import Touchpoints

@testable import Ingest

struct SegmentBodyTests {
    private static func messages(_ text: String, limits: SegmentLimits = SegmentLimits()) throws(SegmentBodyError)
        -> [String]
    {
        let bytes = Array(text.utf8)
        return try SegmentBody(bytes, limits: limits).messages.map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test(
        arguments: [
            (#"{"batch":[]}"#, []), (#" {"batch" : [ ] } "#, []),
            (#"{"batch":[1,{"a":[2,3]}]}"#, ["1", #"{"a":[2,3]}"#]),
            (#"{"sentAt":"x","batch":["],["],"writeKey":"k"}"#, [#""],[""#]),
            (#"{"a":{"batch":[9]},"batch":[1]}"#, ["1"]), (#"{"a":"batch","batch":["\"]"]}"#, [#""\"]""#]),
            (#"{"batch":[{"batch":[7]}]}"#, [#"{"batch":[7]}"#]), (#"{"batch":[1,]}"#, ["1", ""]),
            (#"{"batch":[,]}"#, ["", ""]), (#"{"batch":[{"a":}]}"#, [#"{"a":}"#]),
        ] as [(String, [String])])
    func `a batch is cut into its messages`(text: String, messages: [String]) throws {
        #expect(try Self.messages(text) == messages)
    }

    @Test(
        arguments: [
            ("", "the JSON text ends too early at byte 0"), ("[]", #"expected an object with an array "batch""#),
            ("{}", #"expected an object with an array "batch""#),
            (#"{"batch":{}}"#, #"expected an object with an array "batch""#),
            (#"[{"batch":[1]}]"#, #"expected an object with an array "batch""#),
            (#"{"batch":[1,2"#, "the JSON text ends too early at byte 13"),
            (#"{"batch":[1],"batch":[2]}"#, #"the member "batch" stands twice in one object at byte 13"#),
            (#"{"batch":[1,2,3]} x"#, "something stands behind the JSON value at byte 18"),
            (#"{"sentAt":nope,"batch":[1]}"#, "unexpected 'o' at byte 11"),
            (#"{"batch":[1]"#, "the JSON text ends too early at byte 12"),
        ])
    func `what stands around the messages must be JSON`(text: String, reason: String) {
        let error = #expect(throws: SegmentBodyError.self) { try Self.messages(text) }
        #expect(error?.description == reason)
    }

    @Test func `there are so many messages in a batch`() throws {
        var limits = SegmentLimits()
        limits.messageCount = 2
        #expect(try Self.messages(#"{"batch":[1,2]}"#, limits: limits).count == 2)
        #expect(throws: SegmentBodyError.tooManyMessages(limit: 2)) {
            try Self.messages(#"{"batch":[1,2,3]}"#, limits: limits)
        }
    }
}
