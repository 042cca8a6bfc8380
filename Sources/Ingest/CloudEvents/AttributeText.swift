import Touchpoints

/// A text that names something: not empty, of a sensible length, without control characters.
enum AttributeText {
    /// Appends the text; gives where it stands in `bytes`.
    ///
    /// - Parameter field: the words for people, made only for a text that is refused.
    @inline(__always)
    static func append(
        _ node: JSONNode, of tape: JSONTape, field: @autoclosure () -> String, limit: Int, to bytes: inout ByteBuffer
    ) throws(Refusal) -> Range<Int> {
        guard tape.kind(of: node) == .string else { throw Refusal(field: field(), reason: "expected a string") }
        let start = bytes.count
        tape.appendText(of: node, to: &bytes)
        let range = start..<bytes.count
        if range.isEmpty { throw Refusal(field: field(), reason: "is empty") }
        if range.count > limit { throw Refusal(field: field(), reason: "is longer than \(limit) bytes") }
        if bytes.hasControlCharacter(in: range) { throw Refusal(field: field(), reason: "holds a control character") }
        return range
    }

    /// The text by itself.
    static func read(_ node: JSONNode, of tape: JSONTape, field: String, limit: Int) throws(Refusal) -> [UInt8] {
        var text = ByteBuffer()
        _ = try append(node, of: tape, field: field, limit: limit, to: &text)
        return text.copied
    }
}
