import Touchpoints

/// A text that names something: not empty, of a sensible length, without control characters.
enum AttributeText {
    static func read(
        _ node: JSONNode, of tape: JSONTape, field: String, limit: Int
    ) throws(Refusal) -> [UInt8] {
        guard tape.kind(of: node) == .string else { throw Refusal(field: field, reason: "expected a string") }
        let text = tape.utf8(of: node)
        if text.isEmpty { throw Refusal(field: field, reason: "is empty") }
        if text.count > limit { throw Refusal(field: field, reason: "is longer than \(limit) bytes") }
        if text.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw Refusal(field: field, reason: "holds a control character")
        }
        return text
    }
}
