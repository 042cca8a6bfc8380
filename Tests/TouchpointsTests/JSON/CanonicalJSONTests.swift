import Testing

@testable import Touchpoints

struct CanonicalJSONTests {
    private func canonical(_ text: String) throws -> String {
        var tape = JSONTape()
        try tape.scan(text.utf8)
        return String(decoding: CanonicalJSON.bytes(tape.root, of: tape), as: UTF8.self)
    }

    @Test(arguments: [
        (#" { "b" : 1.50 , "a" : [ 1 , "x" ] } "#, #"{"a":[1,"x"],"b":1.50}"#),
        (#"{"\u0062":1,"a":2,"B":3}"#, #"{"B":3,"a":2,"b":1}"#),
        (#""\u0041\/\u00e9\ud83d\ude00\u0007\u001F\b\"\\""#, #""A/é😀\u0007\u001f\b\"\\""#),
        // By UTF-8 bytes U+FF5E comes before U+1F600; by UTF-16 it would be behind.
        (#"{"\ud83d\ude00":1,"～":2}"#, #"{"～":2,"😀":1}"#), (#"[1E+2,-0,0.10]"#, #"[1E+2,-0,0.10]"#),
        (#"{"ab":1,"a":2,"":3}"#, #"{"":3,"a":2,"ab":1}"#), ("[[],[{}]]", "[[],[{}]]"), ("null", "null"),
    ])
    func `members are sorted, strings and spaces minimal, numbers untouched`(text: String, expected: String) throws {
        #expect(try canonical(text) == expected)
    }

    @Test(arguments: UInt64(0)..<200)
    func `the canonical form of a canonical form is itself`(seed: UInt64) throws {
        var source = RandomJSON(seed: seed)
        let once = try canonical(source.value())
        #expect(try canonical(once) == once)
    }
}
