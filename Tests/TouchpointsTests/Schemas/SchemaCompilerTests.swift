import Testing

@testable import Touchpoints

struct SchemaCompilerTests {
    static let refused: [(json: String, path: String, reason: String)] = [
        (#"{"properties": {"total": {"pattern": "^a"}}}"#, "/properties/total/pattern", "unknown keyword"),
        (#"{"additionalProperties": false}"#, "/additionalProperties", "unknown keyword"),
        (#"{"items": {"properties": {"a/b": {"oneOf": []}}}}"#, "/items/properties/a~1b/oneOf", "unknown keyword"),
        (#"{"$defs": {"unused": {"not": {}}}}"#, "/$defs/unused/not", "unknown keyword"),
        (#"{"properties": {"a": true}}"#, "/properties/a", "expected a schema, an object"),
        ("[]", "", "expected a schema, an object"),
        (#"{"type": "money"}"#, "/type", "expected one of null, boolean, integer, number, string, array, object"),
        (#"{"type": []}"#, "/type", "expected at least one type"),
        (
            #"{"type": ["string", 1]}"#, "/type/1",
            "expected one of null, boolean, integer, number, string, array, object"
        ),
        (#"{"minimum": "0"}"#, "/minimum", "expected a number"),
        (#"{"maxLength": -1}"#, "/maxLength", "expected a whole number from 0 to 2147483647"),
        (#"{"minItems": 1.5}"#, "/minItems", "expected a whole number from 0 to 2147483647"),
        (#"{"format": "email"}"#, "/format", "the only format is date-time"),
        (#"{"x-personal": "yes"}"#, "/x-personal", "expected true or false"),
        (#"{"required": ["a", "a"]}"#, "/required/1", "the name stands twice"),
        (#"{"required": [1]}"#, "/required/0", "expected the name of a property"),
        (#"{"required": "a"}"#, "/required", "expected an array"),
        (#"{"properties": []}"#, "/properties", "expected an object"),
        (#"{"enum": "a"}"#, "/enum", "expected an array"),
        (#"{"title": 1}"#, "/title", "expected a string"),
        (
            #"{"$schema": "http://json-schema.org/draft-07/schema#"}"#, "/$schema",
            "expected https://json-schema.org/draft/2020-12/schema"
        ),
        (#"{"items": {"$id": "a"}}"#, "/items/$id", "this keyword can only stand at the top"),
        (##"{"$ref": "#/$defs/none"}"##, "/$ref", "there is no #/$defs/none"),
        (#"{"$ref": "other.json"}"#, "/$ref", "expected a reference of the form #/$defs/NAME"),
        (##"{"$ref": "#"}"##, "/$ref", "expected a reference of the form #/$defs/NAME"),
        (##"{"$ref": "#/properties/a"}"##, "/$ref", "expected a reference of the form #/$defs/NAME"),
        (
            ##"{"$ref": "#/$defs/a", "$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}}"##, "/$defs/a/items/$ref",
            "the reference leads back to itself"
        ),
        (
            ##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}"##, "/$defs/b/$ref",
            "the reference leads back to itself"
        ),
        ("{", "", "not JSON: the JSON text ends too early at byte 1"),
        (
            #"{"type": "string", "type": "null"}"#, "",
            #"not JSON: the member "type" stands twice in one object at byte 19"#
        ),
    ]

    @Test(arguments: refused)
    func `a schema that we do not understand is refused with its path`(json: String, path: String, reason: String) {
        #expect(throws: SchemaError(path: path, reason: reason)) { _ = try EventSchema(json: json) }
    }

    @Test func `annotations are understood and say nothing about data`() throws {
        let schema = try EventSchema(
            json: #"""
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/a.json",
                 "title": "A", "description": "B", "examples": [{"c": 1}], "$defs": {"d": {"title": "D"}}}
                """#)
        #expect(try schema.outcome(of: "[1]") == .good)
    }

    @Test func `references that repeat each other cannot grow without end`() {
        // To join two such chains joins both members of each link, and so on: 2^19 rules.
        var definitions = [#""c0": {"minLength": 1}, "d0": {"minLength": 2}"#]
        for i in 1..<20 {
            for chain in ["c", "d"] {
                let link = ##"{"$ref": "#/$defs/\##(chain)\##(i - 1)"}"##
                definitions.append(#""\#(chain)\#(i)": {"properties": {"a": \#(link), "b": \#(link)}}"#)
            }
        }
        let both =
            ##""$ref": "#/$defs/c19", "properties": {"a": {"$ref": "#/$defs/d18"}, "b": {"$ref": "#/$defs/d18"}}"##
        #expect(throws: SchemaError(path: "", reason: "too large")) {
            _ = try EventSchema(json: #"{\#(both), "$defs": {\#(definitions.joined(separator: ","))}}"#)
        }
    }

    @Test func `references behind each other are bounded`() throws {
        func chain(_ count: Int) -> String {
            let links = (1...count).map { i in
                i == count ? #""d\#(i)": {}"# : ##""d\##(i)": {"$ref": "#/$defs/d\##(i + 1)"}"##
            }
            return ##"{"$ref": "#/$defs/d1", "$defs": {\##(links.joined(separator: ","))}}"##
        }
        _ = try EventSchema(json: chain(32))
        let error = SchemaError(path: "/$defs/d32/$ref", reason: "more than 32 references one behind the other")
        #expect(throws: error) { _ = try EventSchema(json: chain(33)) }
    }
}
