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

    @Test func `omitted members vanish and omitted elements leave null`() throws {
        var tape = JSONTape()
        try tape.scan(#"{"c":[1,2,3],"a":{"x":1,"y":2},"b":3}"#.utf8)
        func at(_ pointer: String) -> JSONNode { tape.node(at: JSONPointer(pointer)!, from: tape.root)! }
        func without(_ pointers: String...) -> String {
            String(
                decoding: CanonicalJSON.bytes(tape.root, of: tape, omitting: pointers.map(at).sorted()), as: UTF8.self)
        }
        #expect(without("/a/x", "/c/1") == #"{"a":{"y":2},"b":3,"c":[1,null,3]}"#)
        #expect(without("/a", "/b", "/c") == "{}")
        #expect(without("/c/0") == #"{"a":{"x":1,"y":2},"b":3,"c":[null,2,3]}"#)
        #expect(without("") == "")
    }
}
