/// Clear parts as texts, for those who prove what stands in them.
extension ClearPart {
    /// What a clear part cannot be written out for.
    package struct Malformed: Error {
        /// What is wrong, for people.
        package let what: String
    }

    /// Appends the attributes as members of JSON in the order in which they stand, each with a comma before it; the number
    /// of bytes behind which the data stand. Nothing that readers could take from the attributes is left out.
    ///
    /// Takes any bytes: throws where they are no clear part.
    package static func appendAttributes(
        of part: RawSpan, to text: inout ByteBuffer
    ) throws(Malformed) -> Int {
        var at = 0
        while true {
            guard at < part.byteCount else { throw Malformed(what: "the clear part's attributes do not end") }
            let tag = JSONText.byte(part, at)
            at += 1
            if tag == PartFields.end { return at }
            guard let attribute = ClearAttribute(rawValue: tag) else {
                throw Malformed(what: "the clear part has an attribute \(tag), which is not known")
            }
            guard let range = PartFields.checkedRange(in: part, &at) else {
                throw Malformed(what: "the clear part's attribute \(attribute) is cut")
            }
            text.append(bytes: attribute.memberName)
            let value = part.extracting(range)
            if attribute == .strands {
                try appendStrands(value, to: &text)
            } else {
                text.append(string: value)
            }
        }
    }

    private static func appendStrands(_ value: RawSpan, to text: inout ByteBuffer) throws(Malformed) {
        guard value.byteCount.isMultiple(of: 4) else { throw Malformed(what: "the strands that leave are cut") }
        text.append(UInt8(ascii: "["))
        for at in stride(from: 0, to: value.byteCount, by: 4) {
            if at > 0 { text.append(UInt8(ascii: ",")) }
            let number = UInt32(littleEndian: unsafe value.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self))
            text.append(decimal: UInt64(number))
        }
        text.append(UInt8(ascii: "]"))
    }

    /// Appends stored data as canonical JSON, the names in full. Takes any bytes: throws where they hold a name that there is
    /// not. About 0.3 ns a byte.
    package static func appendData(_ data: RawSpan, to text: inout ByteBuffer) throws(Malformed) {
        var isInString = false
        var at = 0
        while at < data.byteCount {
            if at &+ 8 <= data.byteCount {
                let word = PlainWord(in: data, at)
                text.append(littleEndian: word.bytes)
                text.count &-= 8 &- word.count
                if word.hasOddQuotes { isInString.toggle() }
                at &+= word.count
                if word.count == 8 { continue }
            }
            let byte = JSONText.byte(data, at)
            if !isInString && StoredNames.isNumber(byte) {
                guard at + 1 < data.byteCount, case let number = StoredNames.number(in: data, &at),
                    StoredMembers.all.places.indices.contains(number)
                else { throw Malformed(what: "the data hold a name that is not known") }
                text.append(StoredMembers.all.bytes, StoredMembers.all.places[number])
                continue
            }
            text.append(byte)
            at += 1
            if isInString && byte == UInt8(ascii: "\\") {
                guard at < data.byteCount else { throw Malformed(what: "the data are cut") }
                text.append(JSONText.byte(data, at))
                at += 1
            } else if byte == UInt8(ascii: "\"") {
                isInString.toggle()
            }
        }
    }
}

/// Eight bytes of stored data, and how many of them stand as they are written: those before a name or an escape.
private struct PlainWord {
    let bytes: UInt64
    let count: Int
    /// Whether those that stand as they are begin or end a string.
    let hasOddQuotes: Bool

    @inline(__always)
    init(in data: RawSpan, _ at: Int) {
        bytes = UInt64(littleEndian: unsafe data.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
        let special = bytes & Self.highBits | Self.places(of: UInt8(ascii: "\\"), in: bytes)
        count = special.trailingZeroBitCount / 8
        let plain = special == 0 ? ~0 : (special ^ (special &- 1)) >> 1
        hasOddQuotes = (Self.places(of: UInt8(ascii: "\""), in: bytes) & plain).nonzeroBitCount & 1 == 1
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The high bits of the bytes that are this one, which has none itself.
    @inline(__always)
    private static func places(of byte: UInt8, in word: UInt64) -> UInt64 {
        let other = word ^ 0x0101_0101_0101_0101 &* UInt64(byte)
        return ~((other & ~highBits &+ ~highBits) | other) & highBits
    }
}

extension ClearAttribute {
    private static let memberNames = allCases.map { attribute in
        Array(",\"\(attribute == .strands ? "leaving" : "\(attribute)")\":".utf8)
    }

    /// `,"sessionid":` and the like; the strands that leave with a split are `,"leaving":`.
    fileprivate var memberName: [UInt8] { Self.memberNames[Int(rawValue) - 1] }
}

/// `"total":` and the like, one behind the other, and by their numbers where each stands.
private struct StoredMembers: ~Copyable, Sendable {
    let bytes: ByteBuffer
    let places: [Range<Int>]

    static let all = StoredMembers()

    init() {
        var bytes = ByteBuffer()
        var places: [Range<Int>] = []
        for name in StoredNames.all {
            let start = bytes.count
            bytes.append("\"\(name)\":".utf8)
            places.append(start..<bytes.count)
        }
        self.bytes = bytes
        self.places = places
    }
}

extension PartFields {
    /// As ``lengthPrefixed(_:_:)``, of any bytes; nil where they end before.
    fileprivate static func checkedRange(in bytes: RawSpan, _ at: inout Int) -> Range<Int>? {
        var length = 0
        for shift in stride(from: 0, through: 21, by: 7) {
            guard at < bytes.byteCount else { return nil }
            let byte = JSONText.byte(bytes, at)
            at += 1
            length |= Int(byte & 0x7F) << shift
            guard byte < 0x80 else { continue }
            guard length <= bytes.byteCount - at else { return nil }
            at += length
            return at - length..<at
        }
        return nil
    }
}

/// Spelling.
extension ClearPart {
    /// Throws where the bytes are not the one way in which what they say is stored: then two different parts would have one
    /// text, and a reader might take them for different things. O(bytes), about 1 microsecond.
    package static func checkSpelling(of part: RawSpan) throws(Malformed) {
        var text = ByteBuffer()
        let start = try appendAttributes(of: part, to: &text)
        var stored: [UInt8] = []
        var (at, last) = (0, UInt8(0))
        while let (tag, range) = PartFields.next(in: part, &at) {
            guard tag > last else { throw Malformed(what: "the clear part's attributes stand in another order") }
            let value = PartFields.bytes(part, range)
            guard tag == ClearAttribute.strands.rawValue || String(validating: value, as: UTF8.self) != nil else {
                throw Malformed(what: "an attribute is not UTF-8")
            }
            stored += PartFields.field(tag: tag, value).copied
            last = tag
        }
        let data = part.extracting(droppingFirst: start)
        stored.append(PartFields.end)
        if data.byteCount > 0 { stored += try respelled(data) }
        guard stored == PartFields.bytes(part, 0..<part.byteCount) else {
            throw Malformed(what: "the clear part is not spelled as it is stored")
        }
    }

    private static func respelled(_ data: RawSpan) throws(Malformed) -> [UInt8] {
        var text = ByteBuffer()
        try appendData(data, to: &text)
        return try storedData(text.copied)
    }

    /// JSON as the data of a clear part: canonical, with numbers for the names that are known. Throws where it is none.
    package static func storedData(_ json: [UInt8]) throws(Malformed) -> [UInt8] {
        var tape = JSONTape()
        do { try tape.scan(json) } catch { throw Malformed(what: "the data are not JSON: \(error)") }
        var writer = CanonicalWriter()
        var whole = ByteBuffer()
        var rest = ByteBuffer()
        writer.write(tape.root, of: tape, to: &whole, rest: &rest)
        return rest.copied
    }
}
