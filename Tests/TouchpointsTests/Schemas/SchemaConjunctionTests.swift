import Testing

@testable import Touchpoints

struct SchemaConjunctionTests {
    /// A schema whose property `a` must be what both schemas say.
    private static func schema(_ beside: String, _ definition: String) throws -> EventSchema {
        let separator = beside.isEmpty ? "" : ", "
        return try EventSchema(
            json: ##"""
                {"properties": {"a": {\##(beside)\##(separator)"$ref": "#/$defs/d"}}, "$defs": {"d": {\##(definition)}}}
                """##)
    }

    static let cases: [(beside: String, definition: String, good: [String], bad: [String])] = [
        (#""type": ["integer", "string"]"#, #""type": ["number", "null"]"#, ["1", "2.0"], ["1.5", "\"a\"", "null"]),
        (#""minimum": 1"#, #""minimum": 2"#, ["2"], ["1"]),
        (#""minimum": 2"#, #""minimum": 1"#, ["2"], ["1"]),
        (#""maximum": 1e1"#, #""maximum": 9.5"#, ["9.5"], ["10"]),
        (#""exclusiveMinimum": 1"#, #""exclusiveMaximum": 2"#, ["1.5"], ["1", "2"]),
        (#""minLength": 2"#, #""maxLength": 3"#, [#""ab""#], [#""a""#, #""abcd""#]),
        (#""minItems": 1"#, #""minItems": 2, "items": {"type": "string"}"#, [#"["a", "b"]"#], [#"["a"]"#, "[1, 2]"]),
        (
            #""items": {"minimum": 1, "maximum": 3}"#, #""items": {"minimum": 2, "maximum": 4}"#, ["[2, 3]"],
            ["[1]", "[4]"]
        ),
        (#""enum": [1, 2, 3]"#, #""enum": [2.0, 3, 4]"#, ["2", "3"], ["1", "4"]),
        (#""const": 1"#, #""const": 2"#, [], ["1", "2"]),
        (#""format": "date-time""#, #""type": "string""#, [#""2026-01-01T00:00:00Z""#], [#""a""#, "1"]),
        (
            #""required": ["x"], "properties": {"x": {"minimum": 1}}"#,
            #""required": ["y"], "properties": {"x": {"maximum": 2}, "y": {}}"#, [#"{"x": 1, "y": 0}"#],
            [#"{"x": 0, "y": 0}"#, #"{"x": 3, "y": 0}"#, #"{"x": 1}"#, #"{"y": 1}"#]
        ),
    ]

    @Test(arguments: cases)
    func `keywords beside a reference hold as well`(
        beside: String, definition: String, good: [String], bad: [String]
    ) throws {
        let schema = try Self.schema(beside, definition)
        for value in good { #expect(try schema.outcome(of: #"{"a": \#(value)}"#).refusal == nil, "\(value)") }
        for value in bad { #expect(try schema.outcome(of: #"{"a": \#(value)}"#).refusal != nil, "\(value)") }
    }

    @Test func `a property is clear where one of the two names it, and personal where one marks it`() throws {
        let schema = try Self.schema(
            #""properties": {"x": {}, "y": {"x-personal": true}}"#, #""properties": {"y": {}, "z": {}}"#)
        #expect(try schema.outcome(of: #"{"a": {"x": 1, "y": 2, "z": 3, "w": 4}}"#) == .personal("/a/y", "/a/w"))
    }

    @Test func `a mark beside a reference holds for that place only`() throws {
        let schema = try EventSchema(
            json: ##"""
                {"properties": {"a": {"$ref": "#/$defs/d", "x-personal": true}, "b": {"$ref": "#/$defs/d"}},
                 "$defs": {"d": {"type": "string"}}}
                """##)
        #expect(try schema.outcome(of: #"{"a": "x", "b": "y"}"#) == .personal("/a"))
    }
}
