import Testing

@testable import Touchpoints

struct EventSchemaTests {
    struct Case: Sendable {
        var schema: String
        var data: String
        var reason: String?

        init(_ schema: String, _ data: String, _ reason: String? = nil) {
            self.schema = schema
            self.data = data
            self.reason = reason
        }
    }

    static let cases: [Case] = [
        Case("{}", "[1, \"a\", null]"),
        Case(#"{"type": "string"}"#, #""a""#),
        Case(#"{"type": "string"}"#, "1", "expected a string"),
        Case(#"{"type": "boolean"}"#, "null", "expected true or false"),
        Case(#"{"type": ["string", "null"]}"#, "null"),
        Case(#"{"type": ["string", "integer", "null"]}"#, "1.5", "expected a string, an integer or null"),
        Case(#"{"type": "integer"}"#, "1.0"),
        Case(#"{"type": "integer"}"#, "12300e-2"),
        Case(#"{"type": "integer"}"#, "1e400"),
        Case(#"{"type": "integer"}"#, "1.5", "expected an integer"),
        Case(#"{"type": "integer"}"#, "9007199254740993.1", "expected an integer"),
        Case(#"{"type": "number"}"#, "1.5"),
        Case(#"{"type": "number"}"#, #""1.5""#, "expected a number"),
        Case(#"{"enum": ["a", 1, null, {"b": [2]}]}"#, "1.0"),
        Case(#"{"enum": ["a", 1, null, {"b": [2]}]}"#, #"{"b": [2e0]}"#),
        Case(#"{"enum": ["a", "b", "c"]}"#, #""d""#, #"expected "a", "b" or "c""#),
        Case(#"{"enum": ["é"]}"#, #""\u00e9""#),
        Case(#"{"const": {"a": 1, "b": 2}}"#, #"{"b": 2, "a": 1}"#),
        Case(#"{"const": 5}"#, "6", "expected 5"),
        Case(#"{"const": 5, "enum": [6]}"#, "5", "no value is allowed here"),
        Case(#"{"minimum": 0}"#, "-0.0"),
        Case(#"{"minimum": 0}"#, "-1e-400", "expected at least 0"),
        Case(#"{"minimum": 0}"#, #""text""#),
        Case(#"{"maximum": 9007199254740992}"#, "9007199254740993", "expected at most 9007199254740992"),
        Case(#"{"maximum": 0.3}"#, "0.30000000000000001", "expected at most 0.3"),
        Case(#"{"maximum": 0.3}"#, "0.3"),
        Case(#"{"exclusiveMinimum": 1}"#, "1.00", "expected more than 1"),
        Case(#"{"exclusiveMinimum": 1}"#, "1.01"),
        Case(#"{"exclusiveMaximum": 100}"#, "1e2", "expected less than 100"),
        Case(#"{"exclusiveMaximum": 100}"#, "99.9"),
        Case(#"{"minLength": 2}"#, #""é""#, "expected at least 2 characters"),
        Case(#"{"minLength": 2}"#, #""\ud83d\ude00""#, "expected at least 2 characters"),
        Case(#"{"maxLength": 2}"#, #""😀😀""#),
        Case(#"{"maxLength": 2}"#, #""a\n\"""#, "expected at most 2 characters"),
        Case(#"{"minItems": 1}"#, "[]", "expected at least 1 elements"),
        Case(#"{"maxItems": 1}"#, "[[1, 2], 3]", "expected at most 1 elements"),
        Case(#"{"maxItems": 1}"#, "[[1, 2]]"),
        Case(#"{"format": "date-time"}"#, #""2026-03-02T09:14:03+01:00""#),
        Case(#"{"format": "date-time"}"#, #""2026-03-02T09:14:03\u005A""#),
        Case(
            #"{"format": "date-time"}"#, #""2026-03-02""#,
            "expected a date and time with an offset, such as 2026-03-01T12:30:00Z"),
        Case(
            #"{"format": "date-time"}"#, #""2026-02-29T09:14:03Z""#,
            "expected a date and time with an offset, such as 2026-03-01T12:30:00Z"),
        Case(#"{"format": "date-time"}"#, "7"),
    ]

    @Test(arguments: cases) func `a keyword says what JSON Schema says`(_ example: Case) throws {
        let outcome = try EventSchema(json: example.schema).outcome(of: example.data)
        #expect(outcome.refusal?.reason == example.reason)
        #expect(outcome.refusal?.field == example.reason.map { _ in "data" })
    }

    static let order = #"""
        {"type": "object", "required": ["total", "unnamed"],
         "properties": {
           "total": {"$ref": "#/$defs/money"},
           "items": {"type": "array", "items": {"type": "object", "properties": {
             "sku": {"type": "string"}, "price": {"$ref": "#/$defs/money"}, "engraving": {"x-personal": true}}}},
           "tags": {"type": "array"},
           "address": {"type": "object", "x-personal": true, "properties": {"postcode": {"type": "string"}}}},
         "$defs": {"money": {"type": "object", "required": ["amount"], "properties": {"amount": {"type": "string"}}}}}
        """#

    @Test(arguments: [
        (#"{"total": {"amount": 5}, "unnamed": 1}"#, "data.total.amount", "expected a string"),
        (#"{"unnamed": 1}"#, "data.total", "is missing"),
        (#"{"total": {"amount": "5"}}"#, "data.unnamed", "is missing"),
        (#"{"total": {}, "unnamed": 1}"#, "data.total.amount", "is missing"),
        (
            #"{"total": {"amount": "5"}, "unnamed": 1, "items": [{"sku": "a"}, {}, {"price": {"amount": null}}]}"#,
            "data.items[2].price.amount", "expected a string"
        ),
        (#"{"unnamed": 1, "address": {"postcode": 1070}}"#, "data.address.postcode", "expected a string"),
        ("[]", "data", "expected an object"),
    ])
    func `a refusal names the field`(data: String, field: String, reason: String) throws {
        #expect(try EventSchema(json: Self.order).outcome(of: data) == .refused(field, reason))
    }

    @Test func `what is marked and what is not named is personal at any depth`() throws {
        let data = #"""
            {"total": {"amount": "5", "payer": "Ada"}, "unnamed": [1, 2],
             "items": [{"sku": "a", "engraving": {"text": "For Ada"}}, {"size": 4, "sku": "b"}],
             "tags": ["new", {"by": "Ada"}, [[{"at": 1}]]],
             "address": {"postcode": "1070", "street": "Lindengasse"}}
            """#
        let expected = Outcome.personal(
            "/total/payer", "/unnamed", "/items/0/engraving", "/items/1/size", "/tags/1/by", "/tags/2/0/0/at",
            "/address")
        #expect(try EventSchema(json: Self.order).outcome(of: data) == expected)
    }

    @Test func `names are found in any order, escaped, beyond eight bytes and with a common beginning`() throws {
        let schema = try EventSchema(
            json: #"{"properties": {"a": {}, "firstName": {}, "firstNameOf": {}, "eightlet": {}, "é": {}, "": {}}}"#)
        let good = #"{"": 0, "\u00e9": 1, "eightlet": 2, "firstNameOf": 3, "\u0066irstName": 4, "a": 5}"#
        #expect(try schema.outcome(of: good) == .good)
        let strange = #"{"eightle": 1, "eightlets": 2, "firstNam": 3, "firstNames": 4, "b": 5, "\u00e8": 6}"#
        #expect(
            try schema.outcome(of: strange)
                == .personal("/eightle", "/eightlets", "/firstNam", "/firstNames", "/b", "/è"))
    }

    @Test func `personal data are still checked`() throws {
        let schema = try EventSchema(json: #"{"properties": {"phone": {"x-personal": true, "type": "string"}}}"#)
        #expect(try schema.outcome(of: #"{"phone": "+43 1"}"#) == .personal("/phone"))
        #expect(try schema.outcome(of: #"{"phone": 431}"#) == .refused("data.phone", "expected a string"))
    }

    @Test func `a mark at the top makes all data personal, once`() throws {
        let schema = try EventSchema(json: #"{"x-personal": true, "properties": {"a": {"x-personal": true}}}"#)
        #expect(try schema.outcome(of: #"{"a": 1, "b": 2}"#) == .personal(""))
    }

    @Test func `a mark on the elements of an array makes each personal`() throws {
        let schema = try EventSchema(json: #"{"items": {"x-personal": true}}"#)
        #expect(try schema.outcome(of: #"[1, {"a": 2}]"#) == .personal("/0", "/1"))
    }
}
