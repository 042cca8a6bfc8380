/// Numbers and texts, written where they are to stand.
extension ByteBuffer {
    /// Appends bytes from elsewhere.
    @inline(__always)
    package mutating func append(bytes: RawSpan) {
        let length = bytes.byteCount
        reserve(length + 8)
        var at = 0
        while length &- at >= 8 {
            append(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
            at &+= 8
        }
        while at < length {
            append(JSONText.byte(bytes, at))
            at &+= 1
        }
    }

    /// Appends bytes from elsewhere.
    @inline(__always)
    package mutating func append(bytes: [UInt8]) { append(bytes: bytes.span.bytes) }

    /// Appends a whole number. About 5 ns.
    package mutating func append(decimal number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        append(decimal: number.magnitude)
    }

    /// Appends a whole number.
    package mutating func append(decimal number: UInt64) {
        let (high, low) = number.quotientAndRemainder(dividingBy: 100_000_000)
        guard high > 0 else { return append(first: low) }
        if high < 100_000_000 {
            append(first: high)
        } else {
            append(first: high / 100_000_000)
            append(littleEndian: Self.eightDigits(high % 100_000_000))
        }
        append(littleEndian: Self.eightDigits(low))
    }

    /// Appends a number of at most eight digits without zeros before it.
    @inline(__always)
    private mutating func append(first number: UInt64) {
        let digits = Self.eightDigits(number)
        // The lowest byte is the first digit; the last one stands even where it is zero.
        let zeros = min(7, (digits ^ 0x3030_3030_3030_3030).trailingZeroBitCount / 8)
        append(littleEndian: digits &>> UInt64(truncatingIfNeeded: 8 &* zeros))
        count &-= zeros
    }

    /// Eight digits as ASCII, the first one lowest: halves, pairs and digits are parted side by side in one word.
    @inline(__always)
    private static func eightDigits(_ number: UInt64) -> UInt64 {
        let halves = number / 10_000 | (number % 10_000) << 32
        let hundreds = ((halves &* 10_486) >> 20) & 0x0000_007F_0000_007F
        let pairs = hundreds | (halves &- hundreds &* 100) << 16
        let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
        return (tens | (pairs &- tens &* 10) << 8) | 0x3030_3030_3030_3030
    }

    /// Appends a number as 16 hexadecimal digits.
    package mutating func append(hexadecimal number: UInt64) {
        append(littleEndian: Self.digits(of: UInt32(truncatingIfNeeded: number >> 32).byteSwapped))
        append(littleEndian: Self.digits(of: UInt32(truncatingIfNeeded: number).byteSwapped))
    }

    /// Appends bytes, a multiple of four, as two hexadecimal digits each.
    package mutating func append(hexadecimal bytes: RawSpan) {
        for at in stride(from: 0, to: bytes.byteCount, by: 4) {
            append(littleEndian: Self.digits(of: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self)))
        }
    }

    /// The eight digits of four bytes, side by side in one word.
    @inline(__always)
    private static func digits(of bytes: UInt32) -> UInt64 {
        var word = UInt64(UInt32(littleEndian: bytes))
        word = (word | word << 16) & 0x0000_FFFF_0000_FFFF
        word = (word | word << 8) & 0x00FF_00FF_00FF_00FF
        let nibbles = (word >> 4) & 0x000F_000F_000F_000F | (word & 0x000F_000F_000F_000F) << 8
        let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 39
    }

    /// Appends a text as a JSON string in canonical form.
    package mutating func append(string text: RawSpan) {
        reserve(text.byteCount + 10)
        append(UInt8(ascii: "\""))
        let start = count
        for at in 0..<text.byteCount {
            let byte = JSONText.byte(text, at)
            guard byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else {
                count = start - 1
                return appendEscaped(text)
            }
            append(byte)
        }
        append(UInt8(ascii: "\""))
    }

    @inline(never)
    private mutating func appendEscaped(_ text: RawSpan) {
        var quoted: [UInt8] = []
        CanonicalJSON.append(string: PartFields.bytes(text, 0..<text.byteCount), to: &quoted)
        append(quoted)
    }
}

extension Hash128 {
    /// 32 lower-case digits.
    package var hexadecimal: String {
        var text = ByteBuffer()
        text.append(hexadecimal: high)
        text.append(hexadecimal: low)
        return String(decoding: text.copied, as: UTF8.self)
    }
}
