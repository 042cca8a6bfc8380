import Testing

@testable import Touchpoints

struct ClearDataTests {
    private static let sample =
        Array(
            #"{"deep":{"er":{"score":7},"role":"x"},"list":[{"score":1},"}"],"name":"a\"é","no":false,"none":null,"#
                .utf8)
        + Array(#""rate":-1.50,"role":"agent","score":-12,"total":{"amount":"12.34","currency":"EUR"}}"#.utf8)

    private func read<T>(_ json: [UInt8], _ question: (borrowing ClearData) -> T) -> T {
        question(ClearData(json: json.span.bytes))
    }

    @Test func `fields are read in place by name and path`() {
        #expect(read(Self.sample) { $0.integer("score") } == -12)
        #expect(read(Self.sample) { $0.integer("deep.er.score") } == 7)
        #expect(read(Self.sample) { $0.integer("rate") } == nil)
        #expect(read(Self.sample) { $0.integer("role") } == nil)
        #expect(read(Self.sample) { $0.written("rate") } == "-1.50")
        #expect(read(Self.sample) { $0.text("role") } == "agent")
        #expect(read(Self.sample) { $0.text("deep.role") } == "x")
        #expect(read(Self.sample) { $0.text("name") } == "a\"é")
        #expect(read(Self.sample) { $0.text("score") } == nil)
        #expect(read(Self.sample) { $0.matches("role", "agent") })
        #expect(!read(Self.sample) { $0.matches("role", "agen") })
        #expect(read(Self.sample) { $0.matches("name", "a\"é") })
        #expect(read(Self.sample) { $0.flag("no") } == false)
        #expect(read(Self.sample) { $0.flag("none") } == nil)
        #expect(read(Self.sample) { $0.has("none") })
        #expect(!read(Self.sample) { $0.has("deep.none") })
        #expect(!read(Self.sample) { $0.has("score.deep") })
        #expect(!read(Self.sample) { $0.has("list.score") })
        #expect(read(Self.sample) { $0.money("total") } == Money(minorUnits: 1234, currency: Currency(code: "EUR")!))
        #expect(read(Self.sample) { $0.money("score") } == nil)
        #expect(!read(Self.sample) { $0.isEmpty })
    }

    @Test(arguments: ["", "{}", "null", "[]", "3", "\"text\""])
    func `data without members has no fields`(text: String) {
        let bytes = Array(text.utf8)
        #expect(!read(bytes) { $0.has("a") })
        #expect(read(bytes) { $0.text("a.b") } == nil)
    }

    @Test(arguments: UInt64(0)..<100)
    func `every member of random data is found`(seed: UInt64) throws {
        var source = RandomJSON(seed: seed)
        var tape = JSONTape()
        try tape.scan(source.object().utf8)
        let canonical = CanonicalJSON.bytes(tape.root, of: tape)
        for (name, value) in tape.members(of: tape.root) {
            let path = tape.text(of: name)!
            if path.contains(".") { continue }
            #expect(read(canonical) { $0.has(path) })
            #expect(read(canonical) { $0.text(path) } == tape.text(of: value))
            #expect(read(canonical) { $0.integer(path) } == tape.integer(of: value))
            #expect(read(canonical) { $0.flag(path) } == tape.flag(of: value))
        }
    }
}
