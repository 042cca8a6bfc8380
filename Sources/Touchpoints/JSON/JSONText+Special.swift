#if arch(x86_64)
import CProcessor
#endif

/// Where the plain part of a string ends.
extension JSONText {
    /// Where, from `i` on, the first byte stands that is a quote, a backslash, a control character or not ASCII.
    ///
    /// There must be one, and 16 bytes from it on: behind a scanned text stand zeros (``JSONTape/padding``).
    @inline(__always)
    static func specialByte(in bytes: RawSpan, from i: Int) -> Int {
        var i = i
        while true {
            #if arch(x86_64)
            let marks = marksAtOnce(bytes, i)
            #else
            let marks = marks(bytes, i)
            #endif
            if marks != 0 { return i &+ marks.trailingZeroBitCount }
            i &+= 16
        }
    }

    #if arch(x86_64)
    /// One bit for each of sixteen bytes, the first lowest: whether it is special.
    @inline(__always)
    static func marksAtOnce(_ bytes: RawSpan, _ i: Int) -> UInt32 {
        let piece = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: __m128i.self)
        let quote = _mm_cmpeq_epi8(piece, _mm_set1_epi8(0x22))
        let backslash = _mm_cmpeq_epi8(piece, _mm_set1_epi8(0x5C))
        // As signed bytes, those that are not ASCII are less than any.
        let other = _mm_cmplt_epi8(piece, _mm_set1_epi8(0x20))
        return UInt32(bitPattern: _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), other)))
    }
    #endif

    /// The same for any processor.
    static func marks(_ bytes: RawSpan, _ i: Int) -> UInt32 {
        var marks: UInt32 = 0
        for bit in 0..<16 {
            let byte = byte(bytes, i &+ bit)
            if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x80 { marks |= 1 &<< UInt32(bit) }
        }
        return marks
    }
}
