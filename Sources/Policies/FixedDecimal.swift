import Touchpoints

/// A decimal number with at most four digits after the point, kept exactly.
public struct FixedDecimal: Hashable, Comparable, Sendable {
    /// Ten-thousandths.
    public var scaled: Int64

    public static let scale: Int64 = 10_000

    public init(scaled: Int64) { self.scaled = scaled }
    public init(whole: Int64) { scaled = whole * Self.scale }

    /// Reads `12`, `12.5` or `0.0001`, not negative, below 10^12; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...12).contains(parts[0].utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
            let whole = Int64(parts[0])
        else { return nil }
        scaled = whole * Self.scale
        guard parts.count == 2 else { return }
        guard (1...4).contains(parts[1].utf8.count),
            let fraction = Int64(parts[1] + String(repeating: "0", count: 4 - parts[1].utf8.count))
        else { return nil }
        scaled += fraction
    }

    public var isWhole: Bool { scaled % Self.scale == 0 }
    /// The number without what follows the point.
    public var whole: Int64 { scaled / Self.scale }

    /// The least amount in minor units of a currency that reaches this many units of it.
    public func minorUnitsUp(in currency: Currency) -> Int64 {
        var divisor = Self.scale
        for _ in 0..<currency.minorDigits { divisor /= 10 }
        return scaled / divisor + (scaled % divisor > 0 ? 1 : 0)
    }

    public static func < (a: FixedDecimal, b: FixedDecimal) -> Bool { a.scaled < b.scaled }
}

extension FixedDecimal: CustomStringConvertible {
    /// The shortest text that reads back as the same number.
    public var description: String {
        if isWhole { return "\(whole)" }
        var digits = String(String(Self.scale + scaled % Self.scale).dropFirst())
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
