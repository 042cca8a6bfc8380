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
/// or not, so the hash does not change with the schema.
struct EventContent {
    private(set) var bytes: [UInt8] = []

    mutating func start() {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(HashKeys.contentPrefix)
    }

    mutating func append(_ attribute: EventAttribute, _ text: some Collection<UInt8>) {
        bytes.append(attribute.rawValue)
        withLength(text, in: &bytes)
    }

    mutating func append(_ attribute: EventAttribute, _ number: Int64) {
        append(attribute, (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
    }

    mutating func append(extension name: [UInt8], _ value: [UInt8]) {
        bytes.append(255)
        withLength(name, in: &bytes)
        withLength(value, in: &bytes)
    }
}
