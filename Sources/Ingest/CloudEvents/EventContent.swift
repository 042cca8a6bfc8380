import Touchpoints

/// The content of an event in one form, whatever the order and spelling of the JSON it came in: what is hashed to tell
/// a duplicate from a conflict.
///
/// ```text
/// purpose      1 byte
/// attribute*   tag (1 byte, EventAttribute) | length (4 bytes) | its text; ascending tags, only those that were sent
/// extension*   255 | length | name | length | canonical JSON of its value; sorted by name
/// ```
///
/// `time` and `sequence` are 8 bytes, decoded; a sequence of 0 is the same as none. `data` is its canonical JSON, personal
/// or not, so the hash does not change with the schema. What else is made of an event is copied from here.
struct EventContent: ~Copyable {
    private(set) var bytes = ByteBuffer()

    mutating func start() {
        bytes.removeAll()
        bytes.append(HashKeys.contentPrefix)
    }

    /// Appends an attribute's text; gives where it stands.
    mutating func append(
        _ attribute: EventAttribute, _ node: JSONNode, of tape: JSONTape
    ) throws(Refusal) -> Range<Int> {
        let length = begin(attribute)
        let range = try AttributeText.append(
            node, of: tape, field: attribute.name, limit: attribute.limit, to: &bytes)
        end(length)
        return range
    }

    /// Appends the canonical JSON of the data, and to `clear` what of it is not personal.
    mutating func append(
        _ attribute: EventAttribute, data: JSONNode, of tape: JSONTape, noting personal: [JSONNode],
        by writer: inout CanonicalWriter, clear: inout ByteBuffer
    ) {
        let length = begin(attribute)
        writer.write(data, of: tape, noting: personal, to: &bytes, rest: &clear)
        end(length)
    }

    mutating func append(_ attribute: EventAttribute, _ number: Int64) {
        bytes.append(attribute.rawValue)
        bytes.append(littleEndian: UInt32(8))
        bytes.append(littleEndian: UInt64(bitPattern: number))
    }

    mutating func append(extension name: [UInt8], _ value: [UInt8]) {
        bytes.append(255)
        for text in [name, value] {
            bytes.append(littleEndian: UInt32(truncatingIfNeeded: text.count))
            bytes.append(text)
        }
    }

    /// Appends the tag and room for the length, which ``end(_:)`` fills.
    @inline(__always)
    private mutating func begin(_ attribute: EventAttribute) -> Int {
        bytes.append(attribute.rawValue)
        bytes.append(littleEndian: UInt32(0))
        return bytes.count - 4
    }

    @inline(__always)
    private mutating func end(_ length: Int) {
        bytes.replace(littleEndian: UInt32(truncatingIfNeeded: bytes.count - length - 4), at: length)
    }
}
