/// The bytes inside JSON strings and numbers: what the tape, the canonical writer and ``ClearData`` share.
enum JSONText {
    /// The first eight bytes of a piece as a word, the first byte lowest, zeros behind a shorter piece.
    ///
    /// There must be eight bytes from its beginning on.
    @inline(__always) static func head(_ bytes: RawSpan, _ range: Range<Int>) -> UInt64 {
        let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self)
        let head = UInt64(littleEndian: word)
        let count = range.upperBound &- range.lowerBound
        return count >= 8 ? head : head & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1)
    }

    /// How many bytes the scalar beyond ASCII at `i` has; 0 if it is not well-formed (Unicode 15, table 3-7).
    static func lengthOfScalar(in bytes: RawSpan, at i: Int) -> Int {
        let first = byte(bytes, i)
        let second = byte(bytes, i + 1)
        switch first {
        case 0xC2...0xDF: return isContinuation(second) ? 2 : 0
        case 0xE0...0xEF:
            let low: UInt8 = first == 0xE0 ? 0xA0 : 0x80
            let high: UInt8 = first == 0xED ? 0x9F : 0xBF
            return second >= low && second <= high && isContinuation(byte(bytes, i + 2)) ? 3 : 0
        case 0xF0...0xF4:
            let low: UInt8 = first == 0xF0 ? 0x90 : 0x80
            let high: UInt8 = first == 0xF4 ? 0x8F : 0xBF
            guard second >= low && second <= high else { return 0 }
            return isContinuation(byte(bytes, i + 2)) && isContinuation(byte(bytes, i + 3)) ? 4 : 0
        default: return 0
        }
    }

    /// The code unit of the escape `\uXXXX` at `i`; nil if none stands there.
    static func codeUnit(in bytes: RawSpan, at i: Int) -> UInt32? {
        guard i + 6 <= bytes.byteCount, byte(bytes, i) == UInt8(ascii: "\\"), byte(bytes, i + 1) == UInt8(ascii: "u")
        else { return nil }
        var code: UInt32 = 0
        for offset in i + 2..<i + 6 {
            let letter = byte(bytes, offset)
            switch letter {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): code = code << 4 | UInt32(letter - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                code = code << 4 | (UInt32(letter | 0x20) - 0x57)
            default: return nil
            }
        }
        return code
    }

    /// The text of a string, unescaped. The range must be of a string that was scanned.
    static func decoded(_ bytes: RawSpan, _ range: Range<Int>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        appendDecoded(bytes, range, to: &text)
        return text
    }

    /// Appends the text of a string, unescaped. The range must be of a string that was scanned.
    static func appendDecoded(_ bytes: RawSpan, _ range: Range<Int>, to text: inout [UInt8]) {
        var i = range.lowerBound
        while i < range.upperBound {
            let next = byte(bytes, i)
            guard next == UInt8(ascii: "\\") else {
                text.append(next)
                i += 1
                continue
            }
            switch byte(bytes, i + 1) {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                var code = codeUnit(in: bytes, at: i)!
                if code >= 0xD800 && code < 0xDC00 {
                    code = 0x10000 + (code - 0xD800) << 10 + (codeUnit(in: bytes, at: i + 6)! - 0xDC00)
                    i += 6
                }
                text.append(contentsOf: UTF8.encode(Unicode.Scalar(code)!)!)
                i += 4
            case let plain: text.append(plain)
            }
            i += 2
        }
    }

    /// Whether two pieces of the text have the same bytes.
    static func areEqual(_ bytes: RawSpan, _ a: Range<Int>, _ b: Range<Int>) -> Bool {
        guard a.count == b.count, head(bytes, a) == head(bytes, b) else { return false }
        for i in 0..<a.count where byte(bytes, a.lowerBound + i) != byte(bytes, b.lowerBound + i) { return false }
        return true
    }

    /// Whether a piece without escapes has these bytes.
    @inline(__always)
    static func isEqual(_ bytes: RawSpan, _ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
        guard range.count == text.count else { return false }
        for i in 0..<text.count where byte(bytes, range.lowerBound + i) != text[i] { return false }
        return true
    }

    /// The value of a number without fraction and exponent; nil if it does not fit.
    static func integer(_ bytes: RawSpan, _ range: Range<Int>) -> Int64? {
        var i = range.lowerBound
        let isNegative = byte(bytes, i) == UInt8(ascii: "-")
        if isNegative { i += 1 }
        var value: Int64 = 0
        while i < range.upperBound {
            let (scaled, overflowed) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte(bytes, i) &- UInt8(ascii: "0"))
            let (sum, carried) =
                isNegative ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
            if overflowed || carried { return nil }
            value = sum
            i += 1
        }
        return value
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    @inline(__always) static func byte(_ bytes: RawSpan, _ i: Int) -> UInt8 {
        unsafe bytes.unsafeLoad(fromByteOffset: i, as: UInt8.self)
    }
}
