import Testing

@testable import Touchpoints

struct JSONEqualityTests {
    @Test(arguments: [
        ("1", "1.0", true), ("1", "\"1\"", false), ("true", "true", true), ("true", "false", false),
        ("null", "null", true), ("null", "false", false), (#""a\/b""#, #""a/b""#, true), (#""ab""#, #""ac""#, false),
        ("[1, 2]", "[1, 2]", true), ("[1, 2]", "[2, 1]", false), ("[1]", "[1, 1]", false),
        (#"{"a": 1, "b": [2]}"#, #"{"b": [2.0], "\u0061": 1}"#, true),
        (#"{"a": 1, "b": 2}"#, #"{"a": 1}"#, false), (#"{"a": 1}"#, #"{"b": 1}"#, false),
        (#"{"a": 1}"#, #"{"a": 2}"#, false),
    ])
    func `values are equal as JSON Schema says`(a: String, b: String, expected: Bool) throws {
        var (left, right) = (JSONTape(), JSONTape())
        try left.scan(a.utf8)
        try right.scan(b.utf8)
        #expect(JSONEquality.areEqual(0, JSONView(left), 0, JSONView(right)) == expected)
        #expect(JSONEquality.areEqual(0, JSONView(right), 0, JSONView(left)) == expected)
    }
}
