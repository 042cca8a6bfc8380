import Testing

@testable import Touchpoints

struct CanonicalWriterTests {
    @Test func `noted values are found in the output, in the order in which they were given`() throws {
        var tape = JSONTape()
        try tape.scan(#"{"z":{"secret":[1]},"a":[2,{"b":"\u0041"}],"m":3}"#.utf8)
        let noted = ["/z/secret", "/a/1", "/m"].map { tape.node(at: JSONPointer($0)!, from: tape.root)! }
        var writer = CanonicalWriter()
        var output = ByteBuffer()
        var rest = ByteBuffer()
        output.append("before ".utf8)
        writer.write(tape.root, of: tape, noting: noted, to: &output, rest: &rest)
        let whole = String(decoding: output.copied, as: UTF8.self)
        #expect(whole == #"before {"a":[2,{"b":"A"}],"m":3,"z":{"secret":[1]}}"#)
        let places = writer.places.map { String(decoding: output[$0], as: UTF8.self) }
        #expect(places == ["[1]", #"{"b":"A"}"#, "3"])
        let left = String(decoding: StoredNames.spelled(rest.span.bytes), as: UTF8.self)
        #expect(left == #"{"a":[2,null],"z":{}}"#)
    }

    @Test func `noted members vanish from the rest, and noted elements leave null`() throws {
        var tape = JSONTape()
        try tape.scan(#"{"c":[1,2,3],"a":{"x":1,"y":2},"b":3}"#.utf8)
        func without(_ pointers: String...) -> String {
            var writer = CanonicalWriter()
            var output = ByteBuffer()
            var rest = ByteBuffer()
            let noted = pointers.map { tape.node(at: JSONPointer($0)!, from: tape.root)! }.sorted()
            writer.write(tape.root, of: tape, noting: noted, to: &output, rest: &rest)
            let whole = output.copied
            #expect(whole == CanonicalJSON.bytes(tape.root, of: tape))
            return String(decoding: StoredNames.spelled(rest.span.bytes), as: UTF8.self)
        }
        #expect(without("/a/x", "/c/1") == #"{"a":{"y":2},"b":3,"c":[1,null,3]}"#)
        #expect(without("/a", "/b", "/c") == "{}")
        #expect(without("/c/0") == #"{"a":{"x":1,"y":2},"b":3,"c":[null,2,3]}"#)
        #expect(without("") == "")
    }

    @Test(arguments: UInt64(0)..<300)
    func `known names, others and escaped ones are sorted together`(seed: UInt64) throws {
        var dice = Seeded(seed)
        var names: Set<String> = []
        for _ in 0..<Int.random(in: 1..<12, using: &dice) {
            let known = KnownNames.all.randomElement(using: &dice)!
            names.insert([known, known + "x", String(known.dropLast())].randomElement(using: &dice)!)
        }
        let members = names.shuffled(using: &dice).map { name in
            let isEscaped = !name.isEmpty && Bool.random(using: &dice)
            let code = isEscaped ? String(name.utf8.first!, radix: 16) : ""
            return isEscaped ? #""\u00\#(code)\#(name.dropFirst())":0"# : #""\#(name)":0"#
        }
        var tape = JSONTape()
        try tape.scan("{\(members.joined(separator: ","))}".utf8)
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let expected = "{\(sorted.map { "\"\($0)\":0" }.joined(separator: ","))}"
        #expect(String(decoding: CanonicalJSON.bytes(tape.root, of: tape), as: UTF8.self) == expected)
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
