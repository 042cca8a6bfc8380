public import Touchpoints

/// One value of a row, exact: money and rates keep their decimals as integers.
public enum Value: Sendable, Hashable {
    case null
    case text(String)
    case integer(Int64)
    /// `units` / 10^`scale`, shown with exactly `scale` digits behind the point.
    case decimal(units: Int128, scale: Int)
    /// An estimate or a rate: the only place of floating point.
    case number(Double)
    case time(Timestamp)
    case day(CivilDay)
    case flag(Bool)

    /// Money as a decimal text of its currency.
    public static func money(_ money: Money) -> Value {
        .decimal(units: Int128(money.minorUnits), scale: money.currency.minorDigits)
    }
}

/// The values of one row in the order of the part's columns.
public typealias Row = [Value]

/// One column of a part: contract for reporting jobs.
public struct Column: Sendable, Hashable {
    public enum Kind: String, Sendable {
        case text, integer, decimal, number, time, day, flag
    }

    public let name: String
    public let kind: Kind
    /// `seconds`, `days`, `points` ...; empty where there is none.
    public let unit: String

    public init(_ name: String, _ kind: Kind, unit: String = "") {
        self.name = name
        self.kind = kind
        self.unit = unit
    }

    public static func text(_ name: String) -> Column { Column(name, .text) }
    public static func integer(_ name: String, unit: String = "") -> Column { Column(name, .integer, unit: unit) }
    public static func decimal(_ name: String, unit: String = "") -> Column { Column(name, .decimal, unit: unit) }
    public static func number(_ name: String, unit: String = "") -> Column { Column(name, .number, unit: unit) }
    public static func time(_ name: String) -> Column { Column(name, .time) }
    public static func day(_ name: String) -> Column { Column(name, .day) }
    public static func flag(_ name: String) -> Column { Column(name, .flag) }
}
