extension ArraySlice<UInt8> {
    /// The index of the first line feed, 64 bytes at a time; nil if there is none.
    func firstLineFeed() -> Int? {
        let bytes = span.bytes
        var i = 0
        while i &+ 64 <= bytes.byteCount {
            let marks =
                Self.lineFeeds(bytes, i) | Self.lineFeeds(bytes, i &+ 16) | Self.lineFeeds(bytes, i &+ 32)
                | Self.lineFeeds(bytes, i &+ 48)
            if marks[0] | marks[1] != 0 { break }
            i &+= 64
        }
        while i &+ 16 <= bytes.byteCount {
            let marks = Self.lineFeeds(bytes, i)
            if marks[0] != 0 { return startIndex + i + marks[0].trailingZeroBitCount >> 3 }
            if marks[1] != 0 { return startIndex + i + 8 + marks[1].trailingZeroBitCount >> 3 }
            i &+= 16
        }
        return self[(startIndex + i)...].firstIndex(of: UInt8(ascii: "\n"))
    }

    /// Of sixteen bytes, bit 7 of each that is a line feed.
    @inline(__always)
    private static func lineFeeds(_ bytes: RawSpan, _ offset: Int) -> SIMD2<UInt64> {
        let piece = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
        let other = piece ^ SIMD16(repeating: UInt8(ascii: "\n"))
        let marks = (other &- SIMD16(repeating: 1)) & ~other & SIMD16(repeating: 0x80)
        return unsafe unsafeBitCast(marks, to: SIMD2<UInt64>.self)
    }
}
