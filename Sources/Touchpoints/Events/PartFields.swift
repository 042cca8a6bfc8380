/// The fields of clear and personal parts: a tag, a length and bytes.
enum PartFields {
    /// The tag behind the last field, where something else follows.
    static let end: UInt8 = 0

    /// The field at an offset, and steps behind it; nil at the end tag or the end of the bytes.
    static func next(in bytes: RawSpan, _ at: inout Int) -> (tag: UInt8, range: Range<Int>)? {
        guard at < bytes.byteCount else { return nil }
        let tag = JSONText.byte(bytes, at)
        at += 1
        guard tag != end else { return nil }
        let range = lengthPrefixed(bytes, &at)
        return (tag, range)
    }

    /// The bytes behind a length at an offset, and steps behind them.
    static func lengthPrefixed(_ bytes: RawSpan, _ at: inout Int) -> Range<Int> {
        var length = 0
        var shift = 0
        while true {
            let byte = JSONText.byte(bytes, at)
            at += 1
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 { break }
            shift += 7
        }
        at += length
        return at - length..<at
    }

    static func append(tag: UInt8, _ value: some Collection<UInt8>, to part: inout [UInt8]) {
        part.append(tag)
        append(lengthPrefixed: value, to: &part)
    }

    static func append(lengthPrefixed value: some Collection<UInt8>, to part: inout [UInt8]) {
        append(length: value.count, to: &part)
        part.append(contentsOf: value)
    }

    static func append(length: Int, to part: inout [UInt8]) {
        var rest = length
        while rest >= 0x80 {
            part.append(UInt8(rest & 0x7F | 0x80))
            rest >>= 7
        }
        part.append(UInt8(rest))
    }

    static func sizeOfLength(_ length: Int) -> Int {
        var size = 1
        var rest = length >> 7
        while rest > 0 {
            size += 1
            rest >>= 7
        }
        return size
    }

    static func bytes(_ bytes: RawSpan, _ range: Range<Int>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for i in range { copy.append(JSONText.byte(bytes, i)) }
        return copy
    }
}
