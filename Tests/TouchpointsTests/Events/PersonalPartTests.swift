import Testing

@testable import Touchpoints

struct PersonalPartTests {
    @Test func `a part is read as it was written`() {
        let long = String(repeating: "é", count: 200)
        var texts = ByteBuffer()
        texts.append("order-100123\"\(long)\"".utf8)
        var pointer = ByteBuffer()
        pointer.append("/a~1b/0".utf8)
        var bytes = ByteBuffer()
        PersonalPart.append(id: 0..<7, of: texts, to: &bytes)
        PersonalPart.append(subject: 7..<12, of: texts, to: &bytes)
        PersonalPart.append(extension: Array("traceparent".utf8), value: Array("\"00-ab\"".utf8), to: &bytes)
        PersonalPart.append(property: pointer, texts, 12..<texts.count, to: &bytes)
        let part = PersonalPart(bytes: bytes.span.bytes)
        #expect(part.id == "order-1")
        #expect(part.subject == "00123")
        #expect(part.extensions == [.init(name: "traceparent", value: Array("\"00-ab\"".utf8))])
        #expect(part.properties == [.init(pointer: JSONPointer("/a~1b/0")!, value: Array("\"\(long)\"".utf8))])
    }

    @Test func `fields of a later version are skipped`() {
        let bytes: [UInt8] = [99, 2, 1, 2, 1, 1, 0x78]
        #expect(PersonalPart(bytes: bytes.span.bytes).id == "x")
    }

    @Test(arguments: UInt64(0)..<300)
    func `data split anywhere is rebuilt byte for byte`(seed: UInt64) throws {
        var source = RandomJSON(seed: seed)
        var tape = JSONTape()
        try tape.scan(source.value().utf8)
        let whole = CanonicalJSON.bytes(tape.root, of: tape)
        let personal = Self.choose(from: tape, using: &source.random)
        let clear = try CanonicalJSON.bytes(tape.root, of: tape, omitting: personal)
        var part = PersonalPart()
        part.properties = personal.map {
            .init(pointer: tape.pointer(to: $0, from: tape.root), value: CanonicalJSON.bytes($0, of: tape))
        }
        #expect(part.rebuild(clear: clear) == whole)
    }

    @Test func `names that differ only in their composition stay two`() throws {
        var tape = JSONTape()
        let text = "{\"e\u{301}\":1,\"\u{E9}\":2,\"p\":3}"
        try tape.scan(text.utf8)
        let omitted = [tape.node(at: JSONPointer("/p")!, from: tape.root)!]
        var part = PersonalPart()
        part.properties = [.init(pointer: JSONPointer("/p")!, value: Array("3".utf8))]
        let rebuilt = part.rebuild(clear: try CanonicalJSON.bytes(tape.root, of: tape, omitting: omitted))
        #expect(rebuilt == CanonicalJSON.bytes(tape.root, of: tape))
        #expect(rebuilt.count == text.utf8.count)
    }

    @Test func `an event without data stays without`() {
        #expect(PersonalPart().rebuild(clear: []) == [])
    }

    /// Random values, none inside another.
    private static func choose(from tape: JSONTape, using random: inout Seeded) -> [JSONNode] {
        var chosen: [JSONNode] = []
        func walk(_ node: JSONNode) {
            if Int.random(in: 0..<6, using: &random) == 0 {
                chosen.append(node)
                return
            }
            for member in tape.members(of: node) { walk(member.value) }
            for element in tape.elements(of: node) { walk(element) }
        }
        walk(tape.root)
        return chosen
    }
}
