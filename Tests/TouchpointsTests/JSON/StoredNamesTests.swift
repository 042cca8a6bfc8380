import Testing

@testable import Touchpoints

struct StoredNamesTests {
    /// Data as they are stored: with numbers for names.
    private static func stored(_ json: String) throws -> [UInt8] {
        var tape = JSONTape()
        try tape.scan(json.utf8)
        return stored(tape, omitting: [])
    }

    private static func stored(_ tape: JSONTape, omitting omitted: [JSONNode]) -> [UInt8] {
        var writer = CanonicalWriter()
        var whole = ByteBuffer()
        whole.append("before".utf8)
        var rest = ByteBuffer()
        writer.write(tape.root, of: tape, noting: omitted, to: &whole, rest: &rest)
        return rest.copied
    }

    @Test func `names that logs hold by number keep it`() {
        // A name that is added belongs behind these: stored numbers stay what they were.
        #expect(StoredNames.all.count >= 208)
        var digest: UInt64 = 14_695_981_039_346_656_037
        for byte in StoredNames.all.prefix(208).joined(separator: " ").utf8 {
            digest = (digest ^ UInt64(byte)) &* 1_099_511_628_211
        }
        #expect(digest == 0xC991_36CE_38E0_992D)
        #expect(Set(StoredNames.all).count == StoredNames.all.count)
    }

    @Test func `every name has its number, and none beside them has one`() throws {
        for (number, name) in StoredNames.all.enumerated() {
            var bytes = try Self.stored(#"{"\#(name)":1,"\#(name)x":2}"#)
            #expect(bytes.count == (number < 96 ? 1 : 2) + name.utf8.count + 9, "\(name)")
            #expect(StoredNames.spelled(bytes.span.bytes) == Array(#"{"\#(name)":1,"\#(name)x":2}"#.utf8))
            bytes.removeFirst()
            var at = 0
            let found = StoredNames.number(in: bytes.span.bytes, &at)
            #expect(found == number)
        }
    }

    @Test(arguments: UInt64(0)..<300)
    func `stored data spell what was not cut away`(seed: UInt64) throws {
        var source = RandomJSON(seed: seed)
        var dice = Seeded(seed)
        func text(_ depth: Int) -> String {
            switch Int.random(in: 0..<(depth > 3 ? 2 : 4), using: &dice) {
            case 0: return source.value()
            case 1: return #""\"é{\\""#
            case 2:
                let elements = (0..<Int.random(in: 0..<4, using: &dice)).map { _ in text(depth + 1) }
                return "[" + elements.joined(separator: ",") + "]"
            default:
                var names: Set<String> = []
                for _ in 0..<Int.random(in: 0..<6, using: &dice) {
                    names.insert(StoredNames.all.randomElement(using: &dice)!)
                }
                return "{" + names.sorted().map { #""\#($0)":\#(text(depth + 1))"# }.joined(separator: ",") + "}"
            }
        }
        let json = text(0)
        var tape = JSONTape()
        try tape.scan(json.utf8)
        var omitted: [JSONNode] = []
        func choose(_ node: JSONNode) {
            if Int.random(in: 0..<6, using: &dice) == 0 { return omitted.append(node) }
            for member in tape.members(of: node) { choose(member.value) }
            for element in tape.elements(of: node) { choose(element) }
        }
        choose(tape.root)
        let stored = Self.stored(tape, omitting: omitted)
        #expect(
            try StoredNames.spelled(stored.span.bytes) == CanonicalJSON.bytes(tape.root, of: tape, omitting: omitted))
    }

    @Test func `fields are found under numbers and under names`() throws {
        let money = #"{"amount":"12.50","currency":"EUR"}"#
        let json = #"{"amount":"1","items":[{"sku":"a"}],"total":\#(money),"zzz":{"price":7}}"#
        let bytes = try Self.stored(json)
        #expect(bytes.count < json.utf8.count - 30)
        let data = ClearData(json: bytes.span.bytes)
        let (amount, price, other) = (data.text("amount"), data.integer("zzz.price"), data.has("currency"))
        let total = data.money("total")
        #expect(amount == "1")
        #expect(price == 7)
        #expect(!other)
        #expect(total == Money(minorUnits: 1250, currency: Currency(code: "EUR")!))
    }
}
