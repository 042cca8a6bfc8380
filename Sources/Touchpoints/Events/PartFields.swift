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

    @inline(__always)
    static func append(tag: UInt8, _ source: borrowing ByteBuffer, _ value: Range<Int>, to part: inout ByteBuffer) {
        part.append(tag)
        append(lengthPrefixed: source, value, to: &part)
    }

    @inline(__always)
    static func append(
        lengthPrefixed source: borrowing ByteBuffer, _ value: Range<Int>, to part: inout ByteBuffer
    ) {
        append(length: value.count, to: &part)
        part.append(source, value)
    }

    @inline(__always)
    static func append(length: Int, to part: inout ByteBuffer) {
        var rest = length
        while rest >= 0x80 {
            part.append(UInt8(truncatingIfNeeded: rest & 0x7F | 0x80))
            rest >>= 7
        }
        part.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A field by itself.
    static func field(tag: UInt8, _ value: some Collection<UInt8>) -> ByteBuffer {
        var text = ByteBuffer()
        text.append(value)
        var field = ByteBuffer()
        append(tag: tag, text, 0..<text.count, to: &field)
        return field
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
