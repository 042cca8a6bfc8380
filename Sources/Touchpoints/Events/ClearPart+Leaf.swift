/// Clear parts from the leaves that say what stands in them.
extension ClearPart {
    private static let leafNames = ClearAttribute.allCases.map { ($0, $0 == .strands ? "leaving" : "\($0)") }

    /// The clear part of the event whose leaf this is, with these data as they are stored (see ``split(data:of:hiding:)``).
    ///
    /// Members of the leaf that are no attributes are not looked at.
    package static func stored(
        attributesOf leaf: JSONNode, of tape: JSONTape, data: [UInt8]
    ) throws(Refusal) -> [UInt8] {
        var part: [UInt8] = []
        for (attribute, name) in leafNames {
            guard let value = tape.member(name, of: leaf) else { continue }
            if attribute == .strands {
                append(attribute, try strandBytes(value, of: tape), to: &part)
            } else if tape.kind(of: value) == .string {
                append(attribute, tape.utf8(of: value), to: &part)
            } else {
                throw Refusal(field: name, reason: "expected a text")
            }
        }
        endAttributes(of: &part)
        return part + data
    }

    private static func strandBytes(_ list: JSONNode, of tape: JSONTape) throws(Refusal) -> [UInt8] {
        var bytes: [UInt8] = []
        for element in tape.elements(of: list) {
            guard let number = tape.integer(of: element).flatMap({ UInt32(exactly: $0) }) else {
                throw Refusal(field: "leaving", reason: "expected the numbers of strands")
            }
            for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(8 * shift))) }
        }
        return bytes
    }

    /// What of an event's data is clear, as it is stored, and the personal pieces of it.
    ///
    /// - Parameters:
    ///   - data: nil where the event has none.
    ///   - pointers: where the personal pieces stand, none inside another.
    package static func split(
        data: JSONNode?, of tape: JSONTape, hiding pointers: [JSONPointer]
    ) throws(Refusal) -> (clear: [UInt8], pieces: [PersonalPart.Property]) {
        guard let data else {
            guard pointers.isEmpty else { throw Refusal(field: "pieces", reason: "the event has no data") }
            return ([], [])
        }
        var hidden: [JSONNode] = []
        var pieces: [PersonalPart.Property] = []
        for pointer in pointers {
            guard let node = tape.node(at: pointer, from: data) else {
                throw Refusal(field: "pieces", reason: "nothing stands at \(pointer.text) in the event's data")
            }
            hidden.append(node)
            pieces.append(PersonalPart.Property(pointer: pointer, value: Array(tape.written(node))))
        }
        hidden.sort()
        for (before, next) in zip(hidden, hidden.dropFirst()) where next < tape.next(after: before) {
            throw Refusal(field: "pieces", reason: "one piece stands inside another")
        }
        var writer = CanonicalWriter()
        var whole = ByteBuffer()
        var rest = ByteBuffer()
        writer.write(data, of: tape, noting: hidden, to: &whole, rest: &rest)
        return (rest.copied, pieces)
    }
}
