import Touchpoints

/// Money from a number in any spelling that JSON has, without floating point.
///
/// Programs that add prices as binary fractions send 59.97000000000001: what lies behind the digits of the currency is
/// rounded, half away from zero.
struct SegmentAmount: Equatable {
    var money: Money
    /// Whether digits that were not zeros were cut off.
    var isRounded: Bool

    /// Reads `-12.34`, `1e3`, `0.1250`; nil for a text that is no such number, or beyond 64 bits.
    init?(_ text: [UInt8], currency: Currency) {
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        var digits = Self.digits(&rest)
        var point = digits.count
        guard point > 0 else { return nil }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            let fraction = Self.digits(&rest)
            guard !fraction.isEmpty else { return nil }
            digits += fraction
        }
        guard let exponent = Self.exponent(&rest), rest.isEmpty else { return nil }
        let zeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(zeros)
        point += exponent - zeros
        // So many of the digits count.
        let kept = point + currency.minorDigits
        guard digits.isEmpty || kept <= 19 else { return nil }
        var units: Int64 = 0
        for index in 0..<(digits.isEmpty ? 0 : max(0, kept)) {
            guard Self.append(index < digits.count ? digits[index] : 0, to: &units) else { return nil }
        }
        let cut = kept < 0 ? digits[...] : digits.dropFirst(kept)
        if kept >= 0, let first = cut.first, first >= 5 {
            let (sum, overflowed) = units.addingReportingOverflow(1)
            guard !overflowed else { return nil }
            units = sum
        }
        money = Money(minorUnits: isNegative ? -units : units, currency: currency)
        isRounded = cut.contains { $0 > 0 }
    }

    private static func digits(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        let run = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
        rest = rest.dropFirst(run.count)
        return run.map { $0 - UInt8(ascii: "0") }
    }

    /// The power of ten behind the digits, 0 where there is none; nil for one that no amount has.
    private static func exponent(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") else { return 0 }
        rest.removeFirst()
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let digits = digits(&rest)
        guard (1...4).contains(digits.count) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1) }
        return isNegative ? -number : number
    }

    private static func append(_ digit: UInt8, to units: inout Int64) -> Bool {
        let (scaled, overflowed) = units.multipliedReportingOverflow(by: 10)
        let (sum, carried) = scaled.addingReportingOverflow(Int64(digit))
        units = sum
        return !overflowed && !carried
    }
}
