import Testing

@testable import Touchpoints

struct SchemaRegistryTests {
    private static let concert = #"{"required": ["venue"], "properties": {"venue": {"type": "string"}}}"#

    @Test func `of a type without a schema all data is personal`() throws {
        let registry = SchemaRegistry()
        #expect(try registry.outcome(of: #"{"venue": 1}"#, type: "concert.attended") == .personal(""))
        #expect(registry.schema(of: "concert.attended") == nil)
    }

    @Test func `an order must have a total, and its strange parts are personal`() throws {
        let registry = SchemaRegistry()
        #expect(try registry.outcome(of: "{}", type: "order.paid") == .refused("data.total", "is missing"))
        let paid = #"{"total": {"amount": "1.00", "currency": "EUR"}, "colour": "red", "payer": "Ada"}"#
        #expect(try registry.outcome(of: paid, type: "order.paid") == .personal("/colour", "/payer"))
    }

    @Test func `an activated schema is in force until a later one, and copies made before keep theirs`() throws {
        var registry = SchemaRegistry()
        let before = registry
        #expect(registry.nextVersion(of: "concert.attended") == 1)
        try registry.activate(type: "concert.attended", version: 1, json: Self.concert)
        #expect(try registry.outcome(of: "{}", type: "concert.attended") == .refused("data.venue", "is missing"))
        #expect(try before.outcome(of: "{}", type: "concert.attended") == .personal(""))

        #expect(registry.nextVersion(of: "concert.attended") == 2)
        try registry.activate(type: "concert.attended", version: 2, json: #"{"properties": {"seat": {}}}"#)
        #expect(try registry.outcome(of: #"{"seat": 1, "venue": 2}"#, type: "concert.attended") == .personal("/venue"))
        #expect(registry.activated["concert.attended"]?.version == 2)
    }

    @Test(arguments: [
        ("order.paid", 1, "order.paid is a built-in type, whose schema cannot be replaced"),
        ("admin.key", 1, "admin.key is a built-in type, whose schema cannot be replaced"),
        ("concert.attended", 1, "concert.attended has a schema of version 1 or later already"),
        ("concert.attended", 0, "concert.attended has a schema of version 0 or later already"),
        ("", 1, "expected the name of a type"),
    ])
    func `an activation that cannot be is refused`(type: String, version: Int64, reason: String) throws {
        var registry = SchemaRegistry()
        try registry.activate(type: "concert.attended", version: 1, json: Self.concert)
        #expect(throws: SchemaError(path: "", reason: reason)) {
            try registry.activate(type: type, version: version, json: "{}")
        }
    }

    @Test func `a bad schema changes nothing`() throws {
        var registry = SchemaRegistry()
        try registry.activate(type: "concert.attended", version: 1, json: Self.concert)
        #expect(throws: SchemaError(path: "/not", reason: "unknown keyword")) {
            try registry.activate(type: "concert.attended", version: 2, json: #"{"not": {}}"#)
        }
        #expect(registry.activated["concert.attended"]?.text == Self.concert)
    }

    @Test func `the built-in texts can be listed`() {
        #expect(SchemaRegistry.builtInTexts.count == EventType.builtInNames.count)
        for (type, _) in SchemaRegistry.builtInTexts { #expect(SchemaRegistry().schema(of: type) != nil) }
    }
}
