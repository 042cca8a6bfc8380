import Touchpoints
import Wayfold

/// Values as people read them on a page.
enum Shown {
    static let nothing = "–"

    static func value(_ value: Value, unit: String = "") -> HTML {
        switch value {
        case .null: return HTML(nothing)
        case .text(let text): return HTML(text)
        case .integer, .decimal, .number:
            if unit == "seconds" { return HTML(duration(value.amount)) }
            if case .number(let number) = value { return HTML(decimal(number, digits: 2)) }
            return HTML(grouped(value.text ?? nothing))
        case .time(let time): return self.time(time)
        case .day(let day): return HTML.tag("time", ["datetime": "\(day)"]) { "\(day)" }
        case .flag(let flag): return HTML(flag ? "yes" : "no")
        }
    }

    /// `2026-03-01 10:00:00`, in UTC; the attribute has it to the microsecond.
    static func time(_ time: Timestamp) -> HTML {
        let text = time.description
        return HTML.tag("time", ["datetime": text]) {
            "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
        }
    }

    /// A share as a percentage.
    static func percent(_ value: Value) -> HTML {
        guard case .number(let share) = value else { return HTML(nothing) }
        return HTML(decimal(share * 100, digits: 1) + " %")
    }

    /// Seconds in the unit in which they are easily read.
    static func duration(_ seconds: Double) -> String {
        let (unit, length): (String, Double) =
            switch seconds {
            case ..<60: ("s", 1)
            case ..<3_600: ("min", 60)
            case ..<172_800: ("h", 3_600)
            default: ("days", 86_400)
            }
        return decimal(seconds / length, digits: 1) + " " + unit
    }

    static func decimal(_ number: Double, digits: Int) -> String {
        guard number.isFinite else { return nothing }
        guard number.magnitude < 1e15 else { return String(number) }
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        return grouped(Value.decimalText(Int128((number * scale).rounded()), scale: digits))
    }

    /// A decimal text with a comma before each three digits of its whole part.
    static func grouped(_ text: String) -> String {
        let whole = text.prefix { $0 != "." }
        let digits = whole.drop { $0 == "-" }
        var grouped = whole.first == "-" ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return grouped + text.dropFirst(whole.count)
    }
}

extension Column {
    /// The column's name as a heading, with its unit where the name does not say it.
    var heading: TableHeading {
        var title = String(name.map { $0 == "_" ? " " : $0 })
        if !unit.isEmpty, !title.hasSuffix(unit), unit != "seconds" { title += " (\(unit))" }
        if kind == .time { title += " (UTC)" }
        return TableHeading(title: title, isNumber: kind == .integer || kind == .decimal || kind == .number)
    }
}
