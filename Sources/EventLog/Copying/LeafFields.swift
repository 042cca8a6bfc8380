import Digests
import Touchpoints

/// The members of a leaf, read back. Takes any bytes; what is missing is 0 or empty, as it is left out of leaves.
struct LeafFields {
    private let tape: JSONTape

    init(_ leaf: [UInt8]) throws(Refusal) {
        var tape = JSONTape()
        guard leaf.count < LeafWriter.maxByteCount else {
            throw Refusal(field: "", reason: "a leaf is shorter than \(LeafWriter.maxByteCount) bytes")
        }
        do { try tape.scan(leaf) } catch { throw Refusal(field: "", reason: "expected a JSON object: \(error)") }
        guard tape.kind(of: tape.root) == .object else { throw Refusal(field: "", reason: "expected a JSON object") }
        self.tape = tape
    }

    /// A whole number of so many bits.
    func number<Number: FixedWidthInteger>(_ name: String, in object: JSONNode? = nil) throws(Refusal) -> Number {
        guard let node = tape.member(name, of: object ?? tape.root) else { return 0 }
        guard let number = tape.integer(of: node).flatMap({ Number(exactly: $0) }) else {
            throw Refusal(field: name, reason: "expected a whole number of at most \(Number.bitWidth) bits")
        }
        return number
    }

    func time(_ name: String) throws(Refusal) -> Timestamp {
        let time = Timestamp(microseconds: try number(name))
        guard time >= .earliest, time <= .latest else {
            throw Refusal(field: name, reason: "expected microseconds since 1970, within the years 1 to 9999")
        }
        return time
    }

    func text(_ name: String, in object: JSONNode? = nil) throws(Refusal) -> String? {
        guard let node = tape.member(name, of: object ?? tape.root) else { return nil }
        guard let text = tape.text(of: node), !text.isEmpty else {
            throw Refusal(field: name, reason: "expected a text that is not empty")
        }
        return text
    }

    func decision() throws(Refusal) -> IdentityDecision {
        guard let name = try text("decision") else { return .none }
        guard let decision = IdentityDecision.allCases.first(where: { $0.name == name }) else {
            throw Refusal(field: "decision", reason: "there is no decision \(name)")
        }
        return decision
    }

    func currency() throws(Refusal) -> Currency {
        guard let code = try text("currency") else { return Currency(packed: 0) }
        guard let currency = Currency(code: code) else {
            throw Refusal(field: "currency", reason: "expected three capital letters")
        }
        return currency
    }

    /// Keyed hashes, 64 bits for each 16 digits.
    func hashes(_ name: String, count: Int) throws(Refusal) -> [UInt64] {
        guard let node = tape.member(name, of: tape.root) else { return Array(repeating: 0, count: count) }
        guard let bytes = tape.text(of: node).flatMap(Hexadecimal.bytes), bytes.count == 8 * count else {
            throw Refusal(field: name, reason: "expected \(16 * count) hexadecimal digits")
        }
        return (0..<count).map { word in bytes[8 * word..<8 * word + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    }

    func digest(_ name: String, in object: JSONNode? = nil) throws(Refusal) -> Digest256 {
        guard let text = try text(name, in: object), let digest = Digest256(text) else {
            throw Refusal(field: name, reason: "expected 64 hexadecimal digits")
        }
        return digest
    }

    /// What is said of the strands that the event brings.
    var newStrands: [JSONNode] { tape.member("newStrands", of: tape.root).map { Array(tape.elements(of: $0)) } ?? [] }

    /// The clear part, with these data.
    func clear(_ data: [UInt8]) throws(Refusal) -> [UInt8] {
        try ClearPart.stored(attributesOf: tape.root, of: tape, data: data)
    }
}
