import Touchpoints

extension RawSpan {
    /// The little-endian integer at a byte offset that need not be aligned. Traps beyond the end.
    @inlinable func integer<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: T.Type = T.self) -> T {
        T(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// The bytes, copied out. O(length).
    func copied() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            unsafe withUnsafeBytes { unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
            count = byteCount
        }
    }

    /// The 64-bit words that the bytes are, copied out. O(length).
    func copiedWords() -> [UInt64] {
        precondition(byteCount % 8 == 0, "no whole words")
        return [UInt64](unsafeUninitializedCapacity: byteCount / 8) { buffer, count in
            unsafe withUnsafeBytes { unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
            count = byteCount / 8
        }
    }

    /// Whether the bytes are these.
    func elementsEqual(_ other: RawSpan) -> Bool {
        guard byteCount == other.byteCount else { return false }
        var at = 0
        while byteCount - at >= 8 {
            guard integer(at: at, as: UInt64.self) == other.integer(at: at) else { return false }
            at += 8
        }
        while at < byteCount {
            guard integer(at: at, as: UInt8.self) == other.integer(at: at) else { return false }
            at += 1
        }
        return true
    }

    /// The text of the bytes; what is not UTF-8 is replaced.
    var text: String { String(decoding: copied(), as: UTF8.self) }

    func hash128(at offset: Int) -> Hash128 {
        Hash128(high: integer(at: offset), low: integer(at: offset + 8))
    }
}

extension [UInt8] {
    /// Appends an integer, little-endian.
    mutating func append(_ value: some FixedWidthInteger) {
        unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
    }

    /// Overwrites an integer that was appended before.
    mutating func put(_ value: some FixedWidthInteger, at offset: Int) {
        var rest = value
        for i in 0..<(value.bitWidth / 8) {
            self[offset + i] = UInt8(truncatingIfNeeded: rest)
            rest >>= 8
        }
    }

    /// Appends bytes from elsewhere.
    mutating func append(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
    }
}
