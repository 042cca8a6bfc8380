import Touchpoints

extension Value {
    /// The value as it prints in CSV: exact; nil for null.
    public var text: String? {
        switch self {
        case .null: nil
        case .text(let text): text
        case .integer(let number): String(number)
        case .decimal(let units, let scale): Self.decimalText(units, scale: scale)
        case .number(let number): number.isFinite ? String(number) : nil
        case .time(let time): time.description
        case .day(let day): day.description
        case .flag(let flag): flag ? "true" : "false"
        }
    }

    /// `units` / 10^`scale` with exactly `scale` digits behind the point.
    public static func decimalText(_ units: Int128, scale: Int) -> String {
        var digits = String(units.magnitude)
        if scale > 0 {
            digits = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale))
        }
        return units < 0 ? "-" + digits : digits
    }
}
