/// Bytes as base64 with the standard alphabet and padding: RFC 4648, section 4.
///
/// Read is only what is written: each sequence of bytes has one text, and nothing else is taken.
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")
    /// The value of each character; 0xFF: of none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// The text of the bytes.
    public static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var at = 0
        while at < bytes.count {
            let count = min(3, bytes.count - at)
            var word = UInt32(bytes[at]) << 16
            if count > 1 { word |= UInt32(bytes[at + 1]) << 8 }
            if count > 2 { word |= UInt32(bytes[at + 2]) }
            for place in 0..<4 {
                let value = word >> UInt32(18 - 6 * place) & 63
                text.append(place <= count ? alphabet[Int(value)] : padding)
            }
            at += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil where it is not the text of any.
    public static func bytes(of text: some StringProtocol) -> [UInt8]? {
        var digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 4) else { return nil }
        var paddingCount = 0
        while paddingCount < 2, digits.last == padding {
            digits.removeLast()
            paddingCount += 1
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var (word, bitCount) = (UInt32(0), UInt32(0))
        for digit in digits {
            let value = values[Int(digit)]
            guard value != 0xFF else { return nil }
            word = word << 6 | UInt32(value)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: word >> bitCount))
            }
        }
        // What is left of the last digit is zero, and as long as the padding says.
        guard bitCount == UInt32(2 * paddingCount), word & (1 << bitCount - 1) == 0 else { return nil }
        return bytes
    }
}
