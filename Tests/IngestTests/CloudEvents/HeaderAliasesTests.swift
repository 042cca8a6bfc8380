import Testing
import Touchpoints

@testable import Ingest

struct HeaderAliasesTests {
    /// What becomes of an event of the shop about `member:1`, by the built-in schemas or by rules that demand nothing.
    private static func outcome(
        _ type: String, _ data: String, subject: String? = "member:1", isSchemaAsked: Bool = false
    ) -> Outcome {
        var context = EventDecoder.Context.sample
        if isSchemaAsked { context.rules = SchemaRegistry() }
        let subject = subject.map { #""subject":"\#($0)","# } ?? ""
        return Outcome(events: event(subject + #""data":"# + data, type: type), context: context)
    }

    private static func others(_ outcome: Outcome) -> [String] {
        let list = Array(outcome.batch.arena[outcome.draft.otherAliases.range])
        return AliasList.aliases(in: list.span.bytes).map { kind, value in
            String(decoding: kind, as: UTF8.self) + " " + String(decoding: value, as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("customer.identified", #"{"alias":"cookie:f3"}"#, ["cookie f3"]),
        ("customer.merged", #"{"alias":"e_2:a:b"}"#, ["e_2 a:b"]),
        ("customer.identified", #"{"alias":"123"}"#, ["customer 123"]),
        ("customer.identified", #"{"alias":"Member:1"}"#, ["customer Member:1"]),
        ("customer.merged", #"{"alias":"cookie:\u00e9"}"#, ["cookie é"]),
        ("customer.split", #"{"aliases":["phone:+43","7"]}"#, ["phone +43", "customer 7"]),
        ("customer.split", #"{"aliases":["a:1","a:1"],"reason":"x"}"#, ["a 1", "a 1"]),
    ])
    func `the aliases of the data are read by the rule of subjects`(
        type: String, data: String, expected: [String]
    ) {
        for isSchemaAsked in [false, true] {
            let outcome = Self.outcome(type, data, isSchemaAsked: isSchemaAsked)
            #expect(outcome.refusals == [])
            #expect(Self.others(outcome) == expected)
            #expect(outcome.draft.flags == [.recordOnly, .timeSupplied])
            #expect(!outcome.clearJSON.contains("a:1") && !outcome.clearJSON.contains("cookie"))
        }
    }

    @Test func `a bare value of a source without a kind takes that of the source`() {
        let text = #"{"specversion":"1.0","id":"1","source":"till:4","type":"customer.merged","subject":"5","#
        let outcome = Outcome(events: text + #""data":{"alias":"6"}}"#)
        #expect(Self.others(outcome) == ["id@till%3A4 6"])
        #expect(outcome.batch.text(outcome.draft.aliasKind) == "id@till%3A4")
    }

    @Test func `other types name no customers, whatever their data say`() {
        for type in ["order.paid", "profile.updated", "customer.called", "event.voided"] {
            let data = type == "event.voided" ? #"{"position":1,"alias":"a:1"}"# : #"{"alias":"a:1","aliases":["b:2"]}"#
            #expect(Self.others(Self.outcome(type, data)) == [])
        }
        #expect(Self.outcome("customer.called", "{}", subject: nil).refusals == [])
    }

    private static let long = String(repeating: "x", count: 1_023)
    private static let many = Array(repeating: #""a:1""#, count: 101).joined(separator: ",")

    @Test(arguments: [
        ("customer.identified", "{}", "data.alias: is missing"),
        ("customer.identified", "7", "data.alias: is missing"),
        ("customer.merged", #"{"alias":7}"#, "data.alias: expected a string"),
        ("customer.merged", #"{"alias":null}"#, "data.alias: expected a string"),
        ("customer.merged", #"{"alias":""}"#, "data.alias: is empty"),
        ("customer.merged", #"{"alias":"member:"}"#, "data.alias: an alias needs a value behind its kind"),
        ("customer.merged", #"{"alias":"a:\#(long)"}"#, "data.alias: is longer than 1024 bytes"),
        ("customer.merged", #"{"alias":"a:\u0000"}"#, "data.alias: holds a control character"),
        ("customer.split", #"{"alias":"a:1"}"#, "data.aliases: is missing"),
        ("customer.split", #"{"aliases":"a:1"}"#, "data.aliases: expected a list of 1 to 100 aliases"),
        ("customer.split", #"{"aliases":[]}"#, "data.aliases: expected a list of 1 to 100 aliases"),
        ("customer.split", #"{"aliases":[\#(many)]}"#, "data.aliases: expected a list of 1 to 100 aliases"),
        ("customer.split", #"{"aliases":["a:1","a:"]}"#, "data.aliases[1]: an alias needs a value behind its kind"),
        ("customer.split", #"{"aliases":["a:1",["b:2"]]}"#, "data.aliases[1]: expected a string"),
        ("customer.split", #"{"aliases":["a:\#(long)"]}"#, "data.aliases[0]: is longer than 1024 bytes"),
    ])
    func `an alias that names nobody is refused with its field`(type: String, data: String, expected: String) {
        let outcome = Self.outcome(type, data)
        #expect(outcome.refusals == ["1 1 " + expected])
        #expect(outcome.batch.isEmpty && outcome.batch.arena.isEmpty)
        // The schema refuses the same fields, or leaves them to this.
        let field = outcome.rejected[0].refusal.field
        let bySchema = Self.outcome(type, data, isSchemaAsked: true).rejected.first?.refusal.field
        #expect(bySchema == field || (data == "7" && bySchema == "data"))
    }

    @Test(arguments: ["customer.identified", "customer.merged", "customer.split"])
    func `an event about two customers needs a subject and data`(type: String) {
        let data = #"{"alias":"a:1","aliases":["a:1"]}"#
        #expect(
            Self.outcome(type, data, subject: nil).refusals == [
                "1 1 subject: is missing: \(type) is about two customers"
            ])
        let bare = Outcome(events: event(#""subject":"member:1""#, type: type)).rejected.first?.refusal
        #expect(bare == Refusal(field: type == "customer.split" ? "data.aliases" : "data.alias", reason: "is missing"))
    }

    @Test func `the longest alias and the longest list are taken`() {
        #expect(Self.outcome("customer.merged", #"{"alias":"\#("a:" + Self.long.dropFirst())"}"#).refusals == [])
        let list = Array(repeating: #""a:1""#, count: 100).joined(separator: ",")
        #expect(Self.others(Self.outcome("customer.split", #"{"aliases":[\#(list)]}"#)).count == 100)
    }
}
