/// The part of a stored event that tells of a person and can be erased, but for the salt that the log puts before it.
///
/// ```text
/// field*   tag (1 byte) | length (varint) | payload
///          1 id         the event's id
///          2 subject    as it was sent; absent where it is the alias `kind:value`, or there is none
///          3 extension  name length (varint) | name | canonical JSON of its value; one field each, sorted by name
///          5 uuid       the event's id where that is a UUID in its usual spelling: its 16 bytes; no id then
///          4 property   pointer length (varint) | JSON pointer into `data` | canonical JSON of the value there
/// ```
///
/// Varints as in ``ClearPart``. All texts are UTF-8. The pointer is empty where all of the data is personal. The
/// version is that of the block.
public struct PersonalPart: Sendable, Hashable {
    /// The event's id.
    public var id = ""
    /// The subject as it was sent, where that is not the alias `kind:value`.
    public var subject: String?
    /// Extension attributes that we do not know.
    public var extensions: [Extension] = []
    /// The personal pieces of `data`.
    public var properties: [Property] = []

    public init() {}

    /// Reads a part that ``append(id:to:)`` and its like wrote; fields with unknown tags are skipped.
    public init(bytes: RawSpan) {
        var at = 0
        while let (tag, range) = PartFields.next(in: bytes, &at) {
            switch Tag(rawValue: tag) {
            case .id: id = String(decoding: PartFields.bytes(bytes, range), as: UTF8.self)
            case .uuid: id = UUIDText.text(of: bytes.extracting(range))
            case .subject: subject = String(decoding: PartFields.bytes(bytes, range), as: UTF8.self)
            case .extension:
                let (name, value) = Self.pair(bytes, range)
                extensions.append(Extension(name: name, value: value))
            case .property:
                let (pointer, value) = Self.pair(bytes, range)
                properties.append(Property(pointer: JSONPointer(pointer)!, value: value))
            case nil: continue
            }
        }
    }

    /// An extension attribute.
    public struct Extension: Sendable, Hashable {
        public var name: String
        /// Canonical JSON: a string, a whole number or a boolean.
        public var value: [UInt8]

        public init(name: String, value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    /// A personal piece of `data`.
    public struct Property: Sendable, Hashable {
        /// Where it stands in `data`.
        public var pointer: JSONPointer
        /// Canonical JSON.
        public var value: [UInt8]

        public init(pointer: JSONPointer, value: [UInt8]) {
            self.pointer = pointer
            self.value = value
        }
    }

    private enum Tag: UInt8 {
        case id = 1
        case subject = 2
        case `extension` = 3
        case property = 4
        case uuid = 5
    }
}

/// Writing.
extension PersonalPart {
    public static func append(id: some Collection<UInt8>, to part: inout [UInt8]) {
        part += PartFields.field(tag: Tag.id.rawValue, id).copied
    }

    public static func append(subject: some Collection<UInt8>, to part: inout [UInt8]) {
        part += PartFields.field(tag: Tag.subject.rawValue, subject).copied
    }

    /// Appends the event's id, a piece of another buffer.
    public static func append(id: Range<Int>, of source: borrowing ByteBuffer, to part: inout ByteBuffer) {
        guard let words = UUIDText.words(of: source.roomy, id) else {
            return PartFields.append(tag: Tag.id.rawValue, source, id, to: &part)
        }
        part.append(Tag.uuid.rawValue)
        part.append(16)
        for i in words.indices { part.append(littleEndian: words[i]) }
    }

    /// Appends the subject, a piece of another buffer.
    public static func append(subject: Range<Int>, of source: borrowing ByteBuffer, to part: inout ByteBuffer) {
        PartFields.append(tag: Tag.subject.rawValue, source, subject, to: &part)
    }

    /// Inserts the subject into a finished part that has none, behind its id.
    public static func insert(subject: [UInt8], into part: inout [UInt8]) {
        var at = 0
        let first = PartFields.next(in: part.span.bytes, &at)
        var field: [UInt8] = []
        append(subject: subject, to: &field)
        let isBehindID = first?.tag == Tag.id.rawValue || first?.tag == Tag.uuid.rawValue
        part.insert(contentsOf: field, at: isBehindID ? at : 0)
    }

    /// Appends an extension attribute: its name, and its value in canonical JSON.
    public static func append(extension name: [UInt8], value: [UInt8], to part: inout ByteBuffer) {
        var pair = ByteBuffer()
        pair.append(name)
        pair.append(value)
        append(.extension, pair, 0..<name.count, pair, name.count..<pair.count, to: &part)
    }

    /// Appends a personal piece of data.
    ///
    /// - Parameters:
    ///   - pointer: the text of a JSON pointer.
    ///   - value: where its canonical JSON stands in `source`.
    public static func append(
        property pointer: borrowing ByteBuffer, _ source: borrowing ByteBuffer, _ value: Range<Int>,
        to part: inout ByteBuffer
    ) {
        append(.property, pointer, 0..<pointer.count, source, value, to: &part)
    }

    private static func append(
        _ tag: Tag, _ names: borrowing ByteBuffer, _ name: Range<Int>, _ values: borrowing ByteBuffer,
        _ value: Range<Int>, to part: inout ByteBuffer
    ) {
        part.append(tag.rawValue)
        PartFields.append(length: PartFields.sizeOfLength(name.count) + name.count + value.count, to: &part)
        PartFields.append(lengthPrefixed: names, name, to: &part)
        part.append(values, value)
    }

    private static func pair(_ bytes: RawSpan, _ range: Range<Int>) -> (String, [UInt8]) {
        var at = range.lowerBound
        let name = PartFields.lengthPrefixed(bytes, &at)
        return (
            String(decoding: PartFields.bytes(bytes, name), as: UTF8.self),
            PartFields.bytes(bytes, at..<range.upperBound)
        )
    }
}
