import Testing

@testable import Touchpoints

struct CanonicalWriterTests {
    @Test func `noted values are found in the output, in the order in which they were given`() throws {
        var tape = JSONTape()
        try tape.scan(#"{"z":{"secret":[1]},"a":[2,{"b":"\u0041"}],"m":3}"#.utf8)
        let noted = ["/z/secret", "/a/1", "/m"].map { tape.node(at: JSONPointer($0)!, from: tape.root)! }
        var (writer, output, rest) = (CanonicalWriter(), ByteBuffer(), ByteBuffer())
        output.append("before ".utf8)
        writer.write(tape.root, of: tape, noting: noted, to: &output)
        #expect(
            String(decoding: output.slice, as: UTF8.self) == #"before {"a":[2,{"b":"A"}],"m":3,"z":{"secret":[1]}}"#)
        #expect(writer.places.map { String(decoding: output[$0], as: UTF8.self) } == ["[1]", #"{"b":"A"}"#, "3"])
        writer.appendRest(of: output, to: &rest)
        #expect(String(decoding: rest.slice, as: UTF8.self) == #"{"a":[2,null],"z":{}}"#)
    }

    @Test(arguments: [1, 15, 16, 17, 40, 500])
    func `members are sorted however many they are, and however alike`(count: Int) throws {
        let names = (0..<count).map { "sameprefix\($0 * 7919 % count)" }
        var tape = JSONTape()
        try tape.scan("{\(names.map { "\"\($0)\":0" }.joined(separator: ","))}".utf8)
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let expected = "{\(sorted.map { "\"\($0)\":0" }.joined(separator: ","))}"
        #expect(String(decoding: CanonicalJSON.bytes(tape.root, of: tape), as: UTF8.self) == expected)
    }
}
