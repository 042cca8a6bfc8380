/// Appends integers and bytes in a compact, unambiguous form.
public struct ByteWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// A signed integer in zigzag form, 1 to 10 bytes, short for small ones.
    public mutating func write(_ value: Int64) {
        write(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    /// An unsigned integer, seven bits a byte, least significant first (LEB128).
    public mutating func write(_ value: UInt64) {
        if value < 0x80 { return bytes.append(UInt8(truncatingIfNeeded: value)) }
        // Eight bytes at once: an append costs far more than a byte.
        var (word, rest, count) = (UInt64(0), value, 0)
        while rest >= 0x80, count < 8 {
            word |= (rest & 0x7F | 0x80) << UInt64(8 * count)
            rest >>= 7
            count += 1
        }
        if count < 8 {
            word |= rest << UInt64(8 * count)
            return append(word, count: count + 1)
        }
        append(word, count: 8)
        write(rest)
    }

    private mutating func append(_ word: UInt64, count: Int) {
        withUnsafeBytes(of: word.littleEndian) { all in
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: all[..<count]))
        }
    }

    public mutating func write(_ value: UInt32) { write(UInt64(value)) }
    public mutating func write(_ value: UInt16) { write(UInt64(value)) }
    public mutating func write(_ value: Int) { write(Int64(value)) }
    public mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// Eight bytes, little-endian: for hashes, which varints would make longer.
    public mutating func writeFixed(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// A length and the bytes.
    public mutating func write(_ value: [UInt8]) {
        write(value.count)
        bytes.append(contentsOf: value)
    }

    /// The elements one after the other, behind their count.
    public mutating func write<T>(_ elements: [T], _ each: (inout ByteWriter, T) -> Void) {
        write(elements.count)
        for element in elements { each(&self, element) }
    }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
