/// Searches, 16 bytes at a time.
extension ArraySlice<UInt8> {
    /// The index of the first line feed; nil if there is none.
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
            if let place = Self.first(Self.lineFeeds(bytes, i)) { return startIndex &+ i &+ place }
            i &+= 16
        }
        return self[(startIndex + i)...].firstIndex(of: UInt8(ascii: "\n"))
    }

    /// The index, from one on, of the first byte that has a meaning inside a JSON string: a quote, a backslash or a line
    /// feed; the end if there is none.
    @inline(__always)
    func endOfPlainText(from index: Int) -> Int {
        let bytes = span.bytes
        var i = index &- startIndex
        while i &+ 16 <= bytes.byteCount {
            let marks =
                Self.marks(UInt8(ascii: "\""), bytes, i) | Self.marks(UInt8(ascii: "\\"), bytes, i)
                | Self.lineFeeds(bytes, i)
            if let place = Self.first(marks) { return startIndex &+ i &+ place }
            i &+= 16
        }
        return self[(startIndex + i)...].firstIndex {
            $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\n")
        } ?? endIndex
    }

    @inline(__always)
    private static func lineFeeds(_ bytes: RawSpan, _ offset: Int) -> SIMD2<UInt64> {
        marks(UInt8(ascii: "\n"), bytes, offset)
    }

    /// Of sixteen bytes, bit 7 of each that is the one looked for.
    @inline(__always)
    private static func marks(_ wanted: UInt8, _ bytes: RawSpan, _ offset: Int) -> SIMD2<UInt64> {
        let piece = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
        let other = piece ^ SIMD16(repeating: wanted)
        let marks = (other &- SIMD16(repeating: 1)) & ~other & SIMD16(repeating: 0x80)
        return unsafe unsafeBitCast(marks, to: SIMD2<UInt64>.self)
    }

    /// Which of sixteen bytes is the first one that is marked.
    @inline(__always)
    private static func first(_ marks: SIMD2<UInt64>) -> Int? {
        if marks[0] != 0 { return marks[0].trailingZeroBitCount &>> 3 }
        if marks[1] != 0 { return 8 &+ marks[1].trailingZeroBitCount &>> 3 }
        return nil
    }
}
