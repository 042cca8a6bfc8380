import Testing

@testable import Touchpoints

struct JSONTapeTests {
    @Test(arguments: [
        "0", "-0", "12.5e-3", " null ", "true", "\"\"", "[]", "{}", "[1,[2,{}],3]", "{\"a\":{\"b\":[null]}}",
        "\"\\u00e9\\ud83d\\ude00\"", "\"é漢😀\"", "{\"\":1}", "\"\\u0000\"", "\"1234567\u{7F}\"",
    ])
    func `JSON by the RFC is read`(text: String) throws {
        var tape = JSONTape()
        try tape.scan(text.utf8)
        #expect(!tape.isEmpty)
    }

    @Test(arguments: [
        ("", 0, JSONError.Reason.unexpectedEnd), ("[1", 2, .unexpectedEnd), ("\"abc", 4, .unexpectedEnd),
        ("[1,]", 3, .unexpectedByte(UInt8(ascii: "]"))), ("{a:1}", 1, .unexpectedByte(UInt8(ascii: "a"))),
        ("{\"a\" 1}", 5, .unexpectedByte(UInt8(ascii: "1"))), ("01", 1, .malformedNumber), ("1.", 2, .unexpectedEnd),
        ("1.x", 2, .malformedNumber), ("-", 1, .unexpectedEnd), ("+1", 0, .unexpectedByte(UInt8(ascii: "+"))),
        (".5", 0, .unexpectedByte(UInt8(ascii: "."))), ("1e", 2, .unexpectedEnd), ("tru", 3, .unexpectedEnd),
        ("trux", 3, .unexpectedByte(UInt8(ascii: "x"))), ("1 2", 2, .trailingBytes), ("\"\n\"", 1, .controlCharacter),
        ("\"\\x\"", 1, .malformedEscape), ("\"\\u12g4\"", 1, .malformedEscape), ("\"\\ud800\"", 1, .loneSurrogate),
        ("\"\\udc00\"", 1, .loneSurrogate), ("\"\\ud800\\u0041\"", 1, .loneSurrogate),
        ("{\"a\\u0000\":1}", 3, .zeroInName), ("{\"a\":1,\"a\":2}", 7, .duplicateName("a")),
        ("{\"a\":1,\"b\":[3],\"\\u0061\":2}", 15, .duplicateName("a")), ("\u{0}", 0, .unexpectedByte(0)),
        ("1\u{0}", 1, .trailingBytes), ("NaN", 0, .unexpectedByte(UInt8(ascii: "N"))),
        ("\u{FEFF}1", 0, .unexpectedByte(0xEF)),
    ])
    func `anything else is refused at its byte`(text: String, offset: Int, reason: JSONError.Reason) {
        var tape = JSONTape()
        #expect(throws: JSONError(offset: offset, reason: reason)) { try tape.scan(text.utf8) }
        #expect(tape.isEmpty)
    }

    @Test(arguments: [
        [0x80], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xFF],
        [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        var tape = JSONTape()
        #expect(throws: JSONError(offset: 3, reason: .malformedUTF8)) {
            try tape.scan([0x22, 0x61, 0x61] + bytes + [0x22])
        }
    }

    @Test func `32 levels are read and 33 refused`() throws {
        var tape = JSONTape()
        try tape.scan((String(repeating: "[", count: 32) + String(repeating: "]", count: 32)).utf8)
        #expect(throws: JSONError(offset: 32, reason: .tooDeep)) {
            try tape.scan(String(repeating: "[", count: 33).utf8)
        }
    }

    @Test(arguments: [10, 63, 64, 65, 66, 500])
    func `a name that stands twice is found in objects of any size`(count: Int) throws {
        var tape = JSONTape()
        let members = (0..<count).map { "\"n\($0)\":{\"n\($0)\":\($0)}" }
        try tape.scan("{\(members.joined(separator: ","))}".utf8)
        #expect(tape.count(of: tape.root) == count)
        let doubled = members + ["\"n\(count / 2)\":0"]
        let error = #expect(throws: JSONError.self) { try tape.scan("{\(doubled.joined(separator: ","))}".utf8) }
        #expect(error?.reason == .duplicateName("n\(count / 2)"))
    }

    @Test func `values are told by kind, text, integer and flag`() throws {
        var tape = JSONTape()
        try tape.scan(#"{"s":"a\n\ud83d\ude00","i":-42,"f":1.0,"b":false,"n":null,"l":["x","y"],"o":{"k":1}}"#.utf8)
        let root = tape.root
        func at(_ name: String) throws -> JSONNode { try #require(tape.member(name, of: root)) }
        #expect(tape.text(of: try at("s")) == "a\n😀")
        #expect(tape.isText(try at("s"), "a\n😀"))
        #expect(!tape.isText(try at("s"), "a\\n😀"))
        #expect(tape.integer(of: try at("i")) == -42)
        #expect(tape.integer(of: try at("f")) == nil)
        #expect(tape.flag(of: try at("b")) == false)
        #expect(tape.flag(of: try at("n")) == nil)
        #expect(tape.kind(of: try at("n")) == .null)
        #expect(tape.elements(of: try at("l")).map { tape.text(of: $0) } == ["x", "y"])
        #expect(tape.members(of: root).map { tape.text(of: $0.name) } == ["s", "i", "f", "b", "n", "l", "o"])
        #expect(tape.member("x", of: root) == nil)
        #expect(tape.member("k", of: try at("l")) == nil)
        #expect(tape.written(try at("f")).elementsEqual("1.0".utf8))
    }

    @Test(
        arguments: [
            ("9223372036854775807", Int64.max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
            ("-9223372036854775809", nil), ("-0", 0), ("1e2", nil), ("99999999999999999999", nil),
        ] as [(String, Int64?)])
    func `integers are exact or nil`(text: String, value: Int64?) throws {
        var tape = JSONTape()
        try tape.scan(text.utf8)
        #expect(tape.integer(of: tape.root) == value)
    }
}
