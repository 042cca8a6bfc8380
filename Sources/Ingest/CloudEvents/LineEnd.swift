extension ArraySlice<UInt8> {
    /// The index of the first line feed, sixteen bytes at a time; nil if there is none.
    func firstLineFeed() -> Int? {
        let bytes = span.bytes
        var i = 0
        while i &+ 16 <= bytes.byteCount {
            let piece = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: i, as: SIMD16<UInt8>.self)
            let other = piece ^ SIMD16(repeating: UInt8(ascii: "\n"))
            // Bit 7 of each byte that was a line feed.
            let marks = (other &- SIMD16(repeating: 1)) & ~other & SIMD16(repeating: 0x80)
            let words = unsafe unsafeBitCast(marks, to: SIMD2<UInt64>.self)
            if words[0] != 0 { return startIndex + i + words[0].trailingZeroBitCount >> 3 }
            if words[1] != 0 { return startIndex + i + 8 + words[1].trailingZeroBitCount >> 3 }
            i &+= 16
        }
        return self[(startIndex + i)...].firstIndex(of: UInt8(ascii: "\n"))
    }
}
