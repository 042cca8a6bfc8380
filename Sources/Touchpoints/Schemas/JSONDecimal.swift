/// A JSON number as an exact decimal, read in place: any number of digits, no rounding, no allocation.
struct JSONDecimal: ~Escapable {
    private let bytes: RawSpan
    /// The bytes from the first to the last digit that is not zero; empty for zero.
    private let digits: Range<Int>
    /// -1, 0 or 1.
    let sign: Int
    /// The power of ten of the first of these digits. Exponents beyond ±10^15 are taken as that.
    private let magnitude: Int
    /// The power of ten of the last of these digits.
    private let lowest: Int

    /// - Parameter range: a number as it was scanned (RFC 8259).
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, _ range: Range<Int>) {
        self.bytes = bytes
        var exponent = 0
        var end = range.lowerBound
        while end < range.upperBound, JSONText.byte(bytes, end) | 0x20 != UInt8(ascii: "e") { end += 1 }
        if end < range.upperBound { exponent = Self.exponent(bytes, end + 1..<range.upperBound) }

        var (first, last) = (-1, -1)
        // The power of ten of a digit is the number of whole digits behind it, or less than zero behind the point.
        var (wholeDigits, place) = (0, 0)
        var (firstPlace, lastPlace) = (0, 0)
        var isFraction = false
        for i in range.lowerBound..<end {
            switch JSONText.byte(bytes, i) {
            case UInt8(ascii: "-"): continue
            case UInt8(ascii: "."):
                isFraction = true
                continue
            case UInt8(ascii: "0"): break
            default:
                if first < 0 { (first, firstPlace) = (i, place) }
                (last, lastPlace) = (i, place)
            }
            if !isFraction { wholeDigits += 1 }
            place += 1
        }
        guard first >= 0 else {
            (digits, sign, magnitude, lowest) = (0..<0, 0, 0, 0)
            return
        }
        digits = first..<last + 1
        sign = JSONText.byte(bytes, range.lowerBound) == UInt8(ascii: "-") ? -1 : 1
        magnitude = wholeDigits - 1 - firstPlace + exponent
        lowest = wholeDigits - 1 - lastPlace + exponent
    }

    var isInteger: Bool { sign == 0 || lowest >= 0 }

    /// Whether `self` is less than (-1), equal to (0) or greater than (1) another number.
    func compare(_ other: borrowing JSONDecimal) -> Int {
        if sign != other.sign { return sign < other.sign ? -1 : 1 }
        if sign == 0 { return 0 }
        if magnitude != other.magnitude { return magnitude < other.magnitude ? -sign : sign }
        var (i, j) = (digits.lowerBound, other.digits.lowerBound)
        while i < digits.upperBound || j < other.digits.upperBound {
            let (a, b) = (digit(&i), other.digit(&j))
            if a != b { return a < b ? -sign : sign }
        }
        return 0
    }

    /// The digit at `i`, zero behind the last; moves on.
    private func digit(_ i: inout Int) -> UInt8 {
        if i < digits.upperBound, JSONText.byte(bytes, i) == UInt8(ascii: ".") { i += 1 }
        guard i < digits.upperBound else { return UInt8(ascii: "0") }
        defer { i += 1 }
        return JSONText.byte(bytes, i)
    }

    private static func exponent(_ bytes: RawSpan, _ range: Range<Int>) -> Int {
        var value = 0
        for i in range {
            let digit = JSONText.byte(bytes, i) &- UInt8(ascii: "0")
            if digit < 10 { value = min(value * 10 + Int(digit), 1_000_000_000_000_000) }
        }
        return JSONText.byte(bytes, range.lowerBound) == UInt8(ascii: "-") ? -value : value
    }
}
