import Projections
import Touchpoints

/// JSON on one line.
enum JSONLine {
    static func object(_ members: [(String, String)]) -> String {
        "{\(members.map { "\(text($0.0)):\($0.1)" }.joined(separator: ","))}"
    }

    /// A string; null without one.
    static func text(_ text: String?) -> String { text.map { "\"\($0.jsonEscaped)\"" } ?? "null" }

    /// A value of a row: what is exact and no integer is a string.
    static func value(_ value: Value) -> String {
        switch value {
        case .null: return "null"
        case .text(let text): return self.text(text)
        case .integer(let number): return "\(number)"
        case .decimal(let units, let scale):
            guard scale > 0 else { return text("\(units)") }
            let digits = String(units.magnitude)
            let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
            return text((units < 0 ? "-" : "") + padded.dropLast(scale) + "." + padded.suffix(scale))
        case .number(let number): return number.isFinite ? "\(number)" : "null"
        case .time(let time): return text("\(time)")
        case .day(let day): return text("\(day)")
        case .flag(let flag): return "\(flag)"
        }
    }
}
