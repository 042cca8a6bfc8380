import Testing
import Touchpoints

@testable import Ingest

struct HeaderTargetTests {
    private static func outcome(_ data: String, isSchemaAsked: Bool = false) -> Outcome {
        var context = EventDecoder.Context.sample
        if isSchemaAsked { context.rules = SchemaRegistry() }
        return Outcome(events: event(#""data":"# + data, type: "event.voided"), context: context)
    }

    @Test func `an event is voided by its position or by its source and id`() {
        for isSchemaAsked in [false, true] {
            let byPosition = Self.outcome(#"{"position":9223372036854775807}"#, isSchemaAsked: isSchemaAsked).draft
            #expect(byPosition.amount == .max)
            #expect(byPosition.target == Hash128(high: 0, low: 0))
            let byName = Self.outcome(#"{"source":"urn:shop","id":"\u0037"}"#, isSchemaAsked: isSchemaAsked).draft
            #expect(byName.amount == 0)
            #expect(byName.target == HashKeys.sample.identity(source: "urn:shop".utf8, id: "7".utf8))
            #expect(byName.target == Outcome(events: event(id: "7")).draft.identity)
            #expect(byPosition.flags == [.recordOnly, .timeSupplied] && byName.flags == byPosition.flags)
        }
    }

    @Test(arguments: [
        ("{}", "data.position: is missing, and so are source and id"), ("7", "data.position: is missing"),
        (#"{"position":0}"#, "data.position: expected a whole number from 1 on"),
        (#"{"position":-3}"#, "data.position: expected a whole number from 1 on"),
        (#"{"position":1.5}"#, "data.position: expected a whole number from 1 on"),
        (#"{"position":"1"}"#, "data.position: expected a whole number from 1 on"),
        (#"{"position":9223372036854775808}"#, "data.position: expected a whole number from 1 on"),
        (#"{"position":1,"source":"s","id":"1"}"#, "data.position: cannot stand beside source and id"),
        (#"{"position":1,"id":"1"}"#, "data.position: cannot stand beside source and id"),
        (#"{"source":"s"}"#, "data.id: is missing"), (#"{"id":"1"}"#, "data.source: is missing"),
        (#"{"source":"","id":"1"}"#, "data.source: is empty"),
        (#"{"source":"s","id":7}"#, "data.id: expected a string"),
        (#"{"source":"\#(String(repeating: "x", count: 256))","id":"1"}"#, "data.source: is longer than 255 bytes"),
        (#"{"source":"s","id":"a\n"}"#, "data.id: holds a control character"),
    ])
    func `one that names no event, or names it twice, is refused with its field`(data: String, expected: String) {
        let outcome = Self.outcome(data)
        #expect(outcome.batch.isEmpty)
        let refusal = outcome.rejected.first?.refusal ?? Refusal(field: "", reason: "")
        #expect("\(refusal.field): \(refusal.reason)".hasPrefix(expected), "\(refusal)")
        let bySchema = Self.outcome(data, isSchemaAsked: true).rejected.first?.refusal.field
        #expect(bySchema == refusal.field || (data == "7" && bySchema == "data"))
    }

    @Test func `one without data is refused`() {
        #expect(Outcome(events: event(type: "event.voided")).rejected.first?.refusal.field == "data.position")
    }
}
