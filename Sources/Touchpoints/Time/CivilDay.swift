/// A day of the proleptic Gregorian calendar, without a time zone: whole days since 1970-01-01.
public struct CivilDay: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Days since 1970-01-01; negative before.
    public var rawValue: Int32

    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The day of that date; nil where the calendar has none or the year is not within 1...9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysInMonth(month, ofYear: year)
        else { return nil }
        rawValue = Int32(Self.daysSinceEpoch(year: year, month: month, day: day))
    }

    /// Reads `yyyy-MM-dd`, nothing else; nil for other text and for dates that the calendar does not have.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 else { return nil }
        let span = bytes.span
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let century = span.twoDigits(at: 0), let years = span.twoDigits(at: 2),
            let month = span.twoDigits(at: 5), let day = span.twoDigits(at: 8)
        else { return nil }
        self.init(year: century * 100 + years, month: month, day: day)
    }

    public var year: Int { date.year }
    /// 1...12.
    public var month: Int { date.month }
    /// 1...31.
    public var day: Int { date.day }

    /// 1 is Monday, 7 is Sunday, as in ISO 8601.
    public var weekday: Int { (Int(rawValue) + 3).floorModulo(7) + 1 }

    @inlinable public static func < (a: CivilDay, b: CivilDay) -> Bool { a.rawValue < b.rawValue }
    @inlinable public static func + (a: CivilDay, days: Int) -> CivilDay {
        CivilDay(rawValue: a.rawValue + Int32(days))
    }
    @inlinable public static func - (a: CivilDay, days: Int) -> CivilDay {
        CivilDay(rawValue: a.rawValue - Int32(days))
    }
    /// How many days `a` is later than `b`.
    @inlinable public static func - (a: CivilDay, b: CivilDay) -> Int { Int(a.rawValue) - Int(b.rawValue) }
}

extension CivilDay: CustomStringConvertible {
    /// `yyyy-MM-dd`.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes `yyyy-MM-dd`.
    func append(to bytes: inout [UInt8]) {
        let (year, month, day) = date
        bytes.appendDecimal(year, width: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDecimal(month, width: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDecimal(day, width: 2)
    }
}

/// The calendar itself: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
extension CivilDay {
    static func daysInMonth(_ month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// Years are counted from March, so that the leap day is the last of its year. Takes any date, also day 0 or 32.
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.floorDivided(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    var date: (year: Int, month: Int, day: Int) {
        let shifted = Int(rawValue) + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
