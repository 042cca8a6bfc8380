/// Decimal texts as scaled integers, without floating point.
public enum Decimal {
    /// Reads a decimal (`12.34`, `-0.5`, `7`) as a whole number of 10^-`digits`, exactly.
    ///
    /// - Parameters:
    ///   - text: an optional sign, digits, and perhaps the separator and digits; nothing else, no exponent.
    ///   - digits: how many digits behind the separator count. More of them are an error, zeros included.
    ///   - separator: `.` or, in many files, `,`.
    public static func scaled(
        _ text: Span<UInt8>, digits: Int, separator: UInt8 = UInt8(ascii: ".")
    ) throws(DecimalError) -> Int64 {
        var i = 0
        let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
        if isNegative { i = 1 }
        var value: Int64 = 0
        let whole = try readDigits(text, &i, into: &value, isNegative)
        var fraction = 0
        if i < text.count && text[i] == separator {
            i += 1
            fraction = try readDigits(text, &i, into: &value, isNegative, atMost: digits)
            if fraction == 0 { throw .malformed }
        }
        if whole == 0 || i < text.count { throw .malformed }
        while fraction < digits {
            try append(0, to: &value, isNegative)
            fraction += 1
        }
        return value
    }

    /// Writes a whole number of 10^-`digits` as a decimal with that many digits behind the point.
    public static func text(_ scaled: Int64, digits: Int) -> String {
        var figures = String(scaled.magnitude)
        if digits > 0 {
            let missing = digits + 1 - figures.utf8.count
            if missing > 0 { figures = String(repeating: "0", count: missing) + figures }
            figures.insert(".", at: figures.index(figures.endIndex, offsetBy: -digits))
        }
        return scaled < 0 ? "-" + figures : figures
    }

    /// Reads digits from `i` on; gives how many.
    private static func readDigits(
        _ text: Span<UInt8>, _ i: inout Int, into value: inout Int64, _ isNegative: Bool, atMost limit: Int = .max
    ) throws(DecimalError) -> Int {
        let start = i
        while i < text.count, text[i] &- UInt8(ascii: "0") < 10 {
            if i - start == limit { throw .tooManyDigits(limit) }
            try append(Int64(text[i] - UInt8(ascii: "0")), to: &value, isNegative)
            i += 1
        }
        return i - start
    }

    private static func append(_ digit: Int64, to value: inout Int64, _ isNegative: Bool) throws(DecimalError) {
        let (scaled, overflowed) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) =
            isNegative ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
        if overflowed || carried { throw .overflow }
        value = sum
    }
}

/// Why a text is no decimal that we take.
public enum DecimalError: Error, Hashable, Sendable {
    /// Not an optional minus, digits, and perhaps a separator and digits (no exponent, no grouping, no plus).
    case malformed
    /// More digits behind the separator than there may be.
    case tooManyDigits(Int)
    /// Beyond 64 bits.
    case overflow
}

extension DecimalError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed: "expected a decimal number such as 12.34"
        case .tooManyDigits(0): "expected no digits behind the decimal point"
        case .tooManyDigits(let limit): "expected at most \(limit) digits behind the decimal point"
        case .overflow: "the number is too large"
        }
    }
}
