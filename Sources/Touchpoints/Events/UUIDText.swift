/// UUIDs in their usual spelling (RFC 9562): groups of 8, 4, 4, 4 and 12 lower-case hexadecimal digits, `-` between.
enum UUIDText {
    private static let byteCount = 36
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The 16 bytes of a text, four in a word, the first one lowest; nil for any other text. About 10 ns.
    static func words(of bytes: RawSpan, _ text: Range<Int>) -> InlineArray<4, UInt32>? {
        guard text.count == byteCount else { return nil }
        let start = text.lowerBound
        func four(_ offset: Int) -> UInt64 {
            let digits = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start &+ offset, as: UInt32.self)
            return UInt64(UInt32(littleEndian: digits))
        }
        func isHyphen(_ offset: Int) -> Bool { JSONText.byte(bytes, start &+ offset) == UInt8(ascii: "-") }
        guard isHyphen(8), isHyphen(13), isHyphen(18), isHyphen(23),
            let a = word(four(0) | four(4) &<< 32), let b = word(four(9) | four(14) &<< 32),
            let c = word(four(19) | four(24) &<< 32), let d = word(four(28) | four(32) &<< 32)
        else { return nil }
        return [a, b, c, d]
    }

    /// Four bytes from eight digits, the first of them lowest.
    @inline(__always)
    private static func word(_ digits: UInt64) -> UInt32? {
        let isLetter = digits &>> 6 & ones
        let values = digits & (0x0F &* ones) &+ isLetter &* 9
        let isAboveNine = (values &+ 6 &* ones) &>> 4 & ones
        // What stands for these values must be what was there.
        guard values & (0xF0 &* ones) == 0, values &+ 0x30 &* ones &+ isAboveNine &* 0x27 == digits else { return nil }
        let pairs = (values &<< 4 | values &>> 8) & 0x00FF_00FF_00FF_00FF
        let halves = (pairs | pairs &>> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: halves | halves &>> 16)
    }

    /// The text of 16 bytes.
    static func text(of bytes: RawSpan) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for i in 0..<bytes.byteCount {
            if i == 4 || i == 6 || i == 8 || i == 10 { text.append(UInt8(ascii: "-")) }
            let byte = JSONText.byte(bytes, i)
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
