public import Touchpoints

/// Bytes that no writer of ours made: a damaged file, or a state of another version.
public struct StateError: Error, Equatable, CustomStringConvertible {
    public var description: String

    public init(_ description: String) { self.description = description }
}

/// Reads what ``ByteWriter`` wrote; every read checks its bounds.
public struct ByteReader: ~Escapable {
    let bytes: RawSpan
    private(set) var offset = 0

    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) { self.bytes = bytes }

    /// Bytes that are left.
    public var remaining: Int { bytes.byteCount - offset }

    public mutating func readUInt64() throws(StateError) -> UInt64 {
        guard remaining >= 8 else { return try readByteByByte() }
        let word = UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
        // The last byte of an integer is the first one whose highest bit is not set.
        let ends = ~word & 0x8080_8080_8080_8080
        guard ends != 0 else { return try readByteByByte() }
        offset += ends.trailingZeroBitCount / 8 + 1
        // Up to that bit, seven bits of each byte, put together by halves.
        let bits = word & (ends ^ (ends - 1)) & 0x7F7F_7F7F_7F7F_7F7F
        let pairs = bits & 0x007F_007F_007F_007F | (bits & 0x7F00_7F00_7F00_7F00) >> 1
        let fours = pairs & 0x0000_3FFF_0000_3FFF | (pairs & 0x3FFF_0000_3FFF_0000) >> 2
        return fours & 0x0FFF_FFFF | (fours & 0x0FFF_FFFF_0000_0000) >> 4
    }

    private mutating func readByteByByte() throws(StateError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try readByte()
            guard shift < 63 || (shift == 63 && byte <= 1) else { throw StateError("an integer is too long") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    public mutating func readInt64() throws(StateError) -> Int64 {
        let zigzag = try readUInt64()
        return Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
    }

    public mutating func readUInt32() throws(StateError) -> UInt32 {
        guard let value = UInt32(exactly: try readUInt64()) else { throw StateError("a number exceeds 32 bits") }
        return value
    }

    public mutating func readUInt16() throws(StateError) -> UInt16 {
        guard let value = UInt16(exactly: try readUInt64()) else { throw StateError("a number exceeds 16 bits") }
        return value
    }

    public mutating func readInt() throws(StateError) -> Int { Int(try readInt64()) }

    public mutating func readBool() throws(StateError) -> Bool {
        switch try readByte() {
        case 0: return false
        case 1: return true
        default: throw StateError("a flag is neither 0 nor 1")
        }
    }

    public mutating func readFixed() throws(StateError) -> UInt64 {
        guard remaining >= 8 else { throw StateError("the bytes end early") }
        defer { offset += 8 }
        return UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    public mutating func readTimestamp() throws(StateError) -> Timestamp { Timestamp(rawValue: try readInt64()) }

    public mutating func readBytes() throws(StateError) -> [UInt8] {
        let count = try readCount()
        defer { offset += count }
        return (offset..<offset + count).map { unsafe bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
    }

    /// The count that stands before bytes or elements: never more than the bytes that are left.
    public mutating func readCount() throws(StateError) -> Int {
        let count = try readInt64()
        guard count >= 0, count <= Int64(remaining) else { throw StateError("a count exceeds what is there") }
        return Int(count)
    }

    private mutating func readByte() throws(StateError) -> UInt8 {
        guard remaining >= 1 else { throw StateError("the bytes end early") }
        defer { offset += 1 }
        return unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}

extension ByteWriter {
    public mutating func write(_ value: Timestamp) { write(value.rawValue) }
}
