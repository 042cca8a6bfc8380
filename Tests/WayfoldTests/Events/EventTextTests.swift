import Testing
import Touchpoints

@testable import Wayfold

struct EventTextTests {
    @Test func `what was erased is left out, and what is clear stays`() {
        let batch = Sample.drafts(
            Sample.event(
                "a", type: "order.paid", subject: "bare", more: #""orderid":"o","zebra":"z","#,
                data: #"{"total":{"amount":"1.00","currency":"EUR"},"note":"for Ada"}"#))
        let draft = batch.drafts[0]
        let clear = Array(batch.arena[draft.clear.range])
        let text = EventText(
            id: nil, source: "shop", type: "order.paid", subject: nil, time: nil, sequence: -3, channel: "web",
            stamps: [("wayfoldposition", "7")]
        ).json(clear: ClearPart(bytes: clear.span.bytes), personal: nil)
        #expect(
            text == #"{"specversion":"1.0","source":"shop","type":"order.paid","sequence":"-3","channel":"web","#
                + #""orderid":"o","wayfoldposition":"7","data":{"total":{"amount":"1.00","currency":"EUR"}}}"#)
    }

    @Test func `an event that has next to nothing is an event`() {
        var clear: [UInt8] = []
        ClearPart.endAttributes(of: &clear)
        var personal = PersonalPart()
        personal.id = "\"\u{e9}\n"
        let text = EventText(
            id: personal.id, source: "s", type: "t", subject: nil, time: nil, sequence: 0, channel: ""
        ).json(clear: ClearPart(bytes: clear.span.bytes), personal: personal)
        #expect(text == "{\"specversion\":\"1.0\",\"id\":\"\\\"\u{e9}\\n\",\"source\":\"s\",\"type\":\"t\"}")
    }
}
