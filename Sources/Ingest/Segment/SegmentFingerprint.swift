import Digests
import Touchpoints

/// The id of a message that has none: a hash of what its producer made, the same whenever it is sent.
enum SegmentFingerprint {
    /// 32 hexadecimal digits of SHA-256 over the message's members, sorted by name, in canonical JSON, but for those that
    /// differ from one sending to the next. Equal messages without an id and a time are one event.
    static func id(of message: SegmentMessage) -> [UInt8] {
        let tape = message.tape
        let dropped = SegmentMessage.dropped.union(["type", "sentAt", "receivedAt"])
        var text = ByteBuffer()
        append(Array(message.call.rawValue.utf8), to: &text)
        for (name, node) in sorted(tape.root, tape) where !dropped.contains(name) && tape.kind(of: node) != .null {
            append(Array(name.utf8), to: &text)
            guard name == "context" else {
                append(CanonicalJSON.bytes(node, of: tape), to: &text)
                continue
            }
            for (name, node) in sorted(node, tape) where name != "ip" {
                append(Array(name.utf8), to: &text)
                append(CanonicalJSON.bytes(node, of: tape), to: &text)
            }
            append([], to: &text)
        }
        return Array(SHA256.digest(of: text.span.bytes).description.utf8.prefix(32))
    }

    private static func sorted(_ object: JSONNode, _ tape: JSONTape) -> [(name: String, node: JSONNode)] {
        SegmentProperties.members(of: object, tape).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func append(_ piece: [UInt8], to text: inout ByteBuffer) {
        text.append(littleEndian: UInt32(truncatingIfNeeded: piece.count))
        text.append(piece)
    }
}
