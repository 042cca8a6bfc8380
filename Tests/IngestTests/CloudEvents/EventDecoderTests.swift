import Testing
import Touchpoints

@testable import Ingest

struct EventDecoderTests {
    @Test func `an event becomes a draft`() throws {
        let outcome = Outcome(
            events: event(
                #"""
                "time":"2024-03-13T11:21:14+01:00","subject":"member:00042","sequence":"-7","channel":"web",
                "sessionid":"s1","orderid":"o1","campaign":"spring","traceparent":"00-ab","flag":true,
                "data":{"total":{"currency":"EUR","amount":"12.30"},"secret":"x","items":[{"secret":1,"sku":"a"}]}
                """#.replacing("\n", with: " ")))
        #expect(outcome.refusals == [])
        let (batch, draft) = (outcome.batch, outcome.draft)
        #expect(draft.type == .orderPaid)
        #expect(batch.text(draft.typeName) == "")
        #expect(batch.text(draft.source) == "urn:shop")
        #expect(batch.text(draft.channel) == "web")
        #expect(batch.text(draft.aliasKind) == "member")
        #expect(batch.text(draft.aliasValue) == "00042")
        #expect(draft.occurred.description == "2024-03-13T10:21:14Z")
        #expect(draft.sequence == -7)
        #expect(draft.amount == 1230)
        #expect(draft.currency.code == "EUR")
        #expect(draft.flags == .hasMoney)
        #expect(draft.session == HashKeys.sample.session("s1".utf8))
        #expect(draft.order == HashKeys.sample.order("o1".utf8))
        #expect(draft.session != HashKeys.sample.order("s1".utf8))
        #expect(outcome.clearJSON == #"{"items":[{"sku":"a"}],"total":{"amount":"12.30","currency":"EUR"}}"#)
        let personal = outcome.personal
        #expect(personal.id == "1")
        #expect(personal.subject == nil)
        #expect(personal.extensions.map(\.name) == ["flag", "traceparent"])
        #expect(
            String(decoding: personal.rebuild(clear: Array(outcome.clearJSON.utf8)), as: UTF8.self)
                == #"{"items":[{"secret":1,"sku":"a"}],"secret":"x","total":{"amount":"12.30","currency":"EUR"}}"#)
    }

    @Test(arguments: [
        ("member:1", "urn:shop", "member", "1"), ("123", "urn:shop", "customer", "123"),
        ("123", "urn:call:x", "id@urn%3Acall%3Ax", "123"), ("Member:1", "urn:shop", "customer", "Member:1"),
        ("e_2:a:b", "urn:shop", "e_2", "a:b"), (":1", "urn:shop", "customer", ":1"),
        ("2a:1", "urn:shop", "customer", "2a:1"),
    ])
    func `a subject is an alias or takes the kind of its source`(
        subject: String, source: String, kind: String, value: String
    ) {
        let text = #"{"specversion":"1.0","id":"1","source":"\#(source)","type":"x.y","subject":"\#(subject)"}"#
        let outcome = Outcome(events: text)
        #expect(outcome.batch.text(outcome.draft.aliasKind) == kind)
        #expect(outcome.batch.text(outcome.draft.aliasValue) == value)
        #expect(outcome.personal.subject == (kind + ":" + value == subject ? nil : subject))
    }

    @Test func `of a type without rules all data is personal`() {
        let outcome = Outcome(events: event(#""data":{"b":1,"a":2}"#, type: "other.thing"))
        #expect(outcome.clearJSON == "")
        #expect(outcome.personal.rebuild(clear: []) == Array(#"{"a":2,"b":1}"#.utf8))
        #expect(outcome.batch.text(outcome.draft.typeName) == "other.thing")
        #expect(outcome.draft.flags == .timeSupplied)
    }

    @Test func `data in Base64 is kept as it is`() {
        let outcome = Outcome(events: event(#""data_base64":"AQI=""#, type: "other.thing"))
        let base64 = ClearPart(bytes: outcome.clear.span.bytes).attribute(.dataIsBase64)
        #expect(base64 == "")
        #expect(outcome.personal.rebuild(clear: []) == Array("\"AQI=\"".utf8))
    }

    @Test func `points and roles are read into the header`() {
        let redeemed = Outcome(events: event(#""data":{"points":500}"#, type: "points.redeemed")).draft
        #expect(redeemed.amount == 500)
        #expect(redeemed.flags == [.hasPoints, .timeSupplied])
        #expect(Outcome(events: event(type: "consent.given")).draft.flags == [.notTouchpoint, .timeSupplied])
        #expect(Outcome(events: event(type: "audience.frozen")).draft.flags == [.recordOnly, .timeSupplied])
    }

    @Test(arguments: [
        (#"{"id":"1","source":"s","type":"t"}"#, "specversion: is missing"),
        (#"{"specversion":"0.3","id":"1","source":"s","type":"t"}"#, "specversion: expected \"1.0\""),
        (#"{"specversion":"1.0","source":"s","type":"t"}"#, "id: is missing"),
        (#"{"specversion":"1.0","id":"","source":"s","type":"t"}"#, "id: is empty"),
        (#"{"specversion":"1.0","id":7,"source":"s","type":"t"}"#, "id: expected a string"),
        (#"{"specversion":"1.0","id":"1","source":null,"type":"t"}"#, "source: is missing"),
        (#"{"specversion":"1.0","id":"1","source":"s"}"#, "type: is missing"),
        ("7", ": expected a JSON object with the attributes of one event"),
        (event(#""time":"yesterday""#), "time:"), (event(#""time":"2024-03-13T10:21:14""#), "time:"),
        (event(#""sequence":"1.5""#), "sequence: expected a whole number of 64 bits as text"),
        (event(#""sequence":1"#), "sequence: expected a string"), (event(#""subject":"""#), "subject: is empty"),
        (event(#""subject":"member:""#), "subject: an alias needs a value behind its kind"),
        (event(#""actor":"me""#), "actor: is given by the engine and cannot be sent"),
        (event(#""my_name":"x""#), "my_name: names of attributes are lower-case letters a-z and digits"),
        (event(#""X":"x""#), "X: names of attributes are lower-case letters a-z and digits"),
        (event(#""extra":{"a":1}"#), "extra: expected a string, a whole number or a boolean"),
        (event(#""extra":1.5"#), "extra: expected a string, a whole number or a boolean"),
        (event(#""channel":"a\u0007""#), "channel: holds a control character"),
        (event(#""data":{},"data_base64":"AA==""#), "data_base64: cannot stand beside data"),
        (event(#""data_base64":"A""#), "data_base64: expected a string in Base64"),
        (event(#""data":{"rating":"x"}"#), "data.rating: expected a whole number"),
        (event(#""data":{"total":12}"#), "data.total.amount: expected a decimal as text, such as \"12.34\""),
        (event(#""data":{"total":{"amount":"1.234","currency":"EUR"}}"#), "data.total.amount: expected at most 2"),
        (event(#""data":{"total":{"amount":"1","currency":"euro"}}"#), "data.total.currency: expected a currency"),
        (event(#""data":{"points":"5"}"#, type: "points.redeemed"), "data.points: expected a whole number"),
        (event(#""channel":"\#(String(repeating: "x", count: 256))""#), "channel: is longer than 255 bytes"),
        (event(#""data":"\#(String(repeating: "x", count: 65_000))""#), ": the event is too large: at most 65000"),
        (#"{"specversion":"1.0","specversion":"1.0"}"#, ": the member \"specversion\" stands twice"),
    ])
    func `a bad event is refused with its field and reason`(text: String, expected: String) {
        let outcome = Outcome(events: text)
        #expect(outcome.batch.isEmpty)
        #expect(outcome.batch.arena.isEmpty)
        #expect(outcome.rejected.count == 1)
        let refusal = outcome.rejected[0].refusal
        #expect("\(refusal.field): \(refusal.reason)".hasPrefix(expected), "\(refusal)")
        #expect(outcome.rejected[0].raw == Array(text.utf8))
    }

    @Test func `what only the log can say of an event is left out, and its actor is refused`() {
        let plain = Outcome(events: event(#""extra":"x""#))
        let listed = Outcome(
            events: event(#""wayfoldposition":"7","extra":"x","wayfoldactor":"key:k","wayfoldnew":{"a":[]}"#))
        #expect(listed.refusals == [])
        #expect(listed.draft.content == plain.draft.content)
        #expect(listed.batch.arena == plain.batch.arena)
        #expect(
            Outcome(events: event(#""actor":"key:k""#)).refusals.map { $0.hasSuffix("cannot be sent") } == [true])
    }

    @Test(arguments: [
        "policy.activated", "schema.activated", "clock.ticked", "erasure.completed", "admin.key.created", "admin.",
    ])
    func `the engine may record its own types, and nobody else`(type: String) {
        #expect(Outcome(events: event(type: type)).refusals == ["1 1 type: \(type) is recorded by the engine only"])
        var context = EventDecoder.Context.sample
        context.isEngine = true
        #expect(Outcome(events: event(type: type), context: context).draft.flags == [.recordOnly, .timeSupplied])
    }

    @Test(arguments: [
        ("event.voided", #""data":{"position":7}"#), ("audience.frozen", #""data":{"audience":"a"}"#),
        ("improvement.started", #""data":{"improvement":"i"}"#), ("improvement.ended", #""data":{"improvement":"i"}"#),
    ])
    func `some types of the engine's family come from outside, too`(type: String, members: String) {
        var context = EventDecoder.Context.sample
        context.rules = SchemaRegistry()
        let outcome = Outcome(events: event(members, type: type), context: context)
        #expect(outcome.refusals == [])
        #expect(outcome.draft.type.builtInName == type)
        #expect(outcome.draft.flags == [.recordOnly, .timeSupplied])
    }

    @Test func `the content does not depend on spelling, order, or rules`() {
        let plain = event(#""time":"2024-01-01T00:00:00Z","x":"é","a":1,"data":{"a":1.50,"b":[{"secret":2}]}"#)
        let other = #"""
            { "data":{"b":[ {"secret":2} ],"\u0061":1.50},"a":1, "x":"\u00e9","time":"2024-01-01T01:00:00+01:00",
            "type":"order.paid","source":"urn:shop","id":"1","specversion":"1.0","sequence":"0","channel":null}
            """#
        var context = EventDecoder.Context.sample
        context.rules = SampleRules(clearTypes: [])
        let (a, b) = (Outcome(events: plain).draft, Outcome(events: other, context: context).draft)
        #expect(a.content == b.content)
        #expect(a.identity == b.identity)
    }

    @Test(arguments: [
        #""time":"2024-01-01T00:00:00Z""#, #""channel":"x""#, #""sequence":"1""#, #""campaign":"x""#, #""caseid":"x""#,
        #""x":"x""#, #""x":1"#, #""data":{}"#, #""data":{"a":1.5}"#, #""data":{"a":1.50}"#, #""data":"""#,
        #""data_base64":"""#, #""subject":"x""#, #""subject":"customer:x""#, #""datacontenttype":"text/plain""#,
    ])
    func `everything that the producer says is content`(members: String) {
        let all = [
            #""time":"2024-01-01T00:00:00Z""#, #""channel":"x""#, #""x":"x""#, #""data":{"a":1.50}"#, "",
        ].filter { $0 != members }
        let draft = Outcome(events: event(members, type: "a.b")).draft
        for other in all {
            #expect(draft.content != Outcome(events: event(other, type: "a.b")).draft.content, "\(other)")
        }
    }
}
