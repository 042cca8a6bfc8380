/// Appends integers and bytes in a compact, unambiguous form.
public struct ByteWriter: Sendable {
    /// What was written, and room for more behind it: integers are stored in words of eight bytes.
    private var room: [UInt8] = []
    private(set) var count = 0

    /// What was written. O(bytes).
    public var bytes: [UInt8] { Array(room[..<count]) }

    /// What was written, in place.
    package var written: RawSpan {
        @_lifetime(borrow self) get { room.span.bytes.extracting(..<count) }
    }

    public init() {}

    /// A signed integer in zigzag form, 1 to 10 bytes, short for small ones.
    public mutating func write(_ value: Int64) {
        write(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    /// An unsigned integer, seven bits a byte, least significant first (LEB128).
    public mutating func write(_ value: UInt64) {
        if value < 0x80 { return append(value, count: 1) }
        let more: UInt64 = 0x8080_8080_8080_8080
        guard value < 1 << 56 else {
            append(Self.spread(value & (1 << 56 - 1)) | more, count: 8)
            return write(value >> 56)
        }
        let length = (70 - value.leadingZeroBitCount) / 7
        append(Self.spread(value) | more & (1 << UInt64(8 * length - 8) - 1), count: length)
    }

    /// The 56 lower bits with each seven of them in a byte of its own, by halves.
    @inline(__always)
    private static func spread(_ value: UInt64) -> UInt64 {
        var word = value & 0x0FFF_FFFF | (value & 0x00FF_FFFF_F000_0000) << 4
        word = word & 0x0000_3FFF_0000_3FFF | (word & 0x0FFF_C000_0FFF_C000) << 2
        return word & 0x007F_007F_007F_007F | (word & 0x3F80_3F80_3F80_3F80) << 1
    }

    @inline(__always)
    private mutating func append(_ word: UInt64, count length: Int) {
        let start = count
        if start + 8 > room.count { makeRoom(for: 8) }
        setFixed(word, at: start)
        count = start + length
    }

    @inline(never)
    private mutating func makeRoom(for more: Int) {
        room.append(contentsOf: repeatElement(0, count: max(64, more, room.count)))
    }

    public mutating func write(_ value: UInt32) { write(UInt64(value)) }
    public mutating func write(_ value: UInt16) { write(UInt64(value)) }
    public mutating func write(_ value: Int) { write(Int64(value)) }
    public mutating func write(_ value: Bool) { append(value ? 1 : 0, count: 1) }

    /// Eight bytes, little-endian: for hashes, which varints would make longer.
    public mutating func writeFixed(_ value: UInt64) { append(value, count: 8) }

    /// Puts a number of ``writeFixed(_:)`` in the place of another one.
    @inline(__always)
    mutating func setFixed(_ value: UInt64, at offset: Int) {
        var elements = room.mutableSpan
        var bytes = elements.mutableBytes
        bytes.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt64.self)
    }

    /// A length and the bytes.
    public mutating func write(_ value: [UInt8]) {
        write(value.count)
        if count + value.count > room.count { makeRoom(for: value.count) }
        for byte in value {
            room[count] = byte
            count += 1
        }
    }

    /// The elements one after the other, behind their count.
    public mutating func write<T>(_ elements: [T], _ each: (inout ByteWriter, T) -> Void) {
        write(elements.count)
        for element in elements { each(&self, element) }
    }

    mutating func removeAll() { count = 0 }
}
