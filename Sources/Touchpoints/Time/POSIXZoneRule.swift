/// The rule for the years to come at the end of a time zone file: a POSIX TZ string with the extensions of RFC 9636.
///
/// `CET-1CEST,M3.5.0,M10.5.0/3`: names and offsets (west of UTC!) of standard and daylight-saving time, then when the
/// latter begins and ends, in the local time that holds until then.
struct POSIXZoneRule: Equatable {
    /// Seconds east of UTC.
    var standardOffset: Int
    var saving: Saving?

    struct Saving: Equatable {
        var offset: Int
        var begin: Change
        var end: Change
    }

    struct Change: Equatable {
        var date: DateRule
        /// Seconds of local time after the day's midnight; may be negative or beyond the day.
        var seconds: Int
    }

    enum DateRule: Equatable {
        /// 1...365, the leap day never counted.
        case julian(Int)
        /// 0...365, the leap day counted.
        case dayOfYear(Int)
        /// The n-th (5: last) weekday (0: Sunday) of a month.
        case weekday(month: Int, nth: Int, weekday: Int)
    }

    init?(_ text: String) {
        var parser = Parser(rest: Array(text.utf8)[...])
        guard parser.name(), let west = parser.time() else { return nil }
        standardOffset = -west
        if !parser.isAtEnd {
            guard parser.name() else { return nil }
            // Without an offset of its own, daylight-saving time is one hour ahead of standard time.
            var offset = standardOffset + 3_600
            if !parser.next(is: ",") {
                guard let west = parser.time() else { return nil }
                offset = -west
            }
            guard let begin = parser.change(), let end = parser.change() else { return nil }
            saving = Saving(offset: offset, begin: begin, end: end)
        }
        let limit = Int(ZoneTable.offsetLimit / 1_000_000)
        guard parser.isAtEnd, abs(standardOffset) < limit, abs(saving?.offset ?? 0) < limit else { return nil }
    }

    /// The two changes of a year, in UTC and in their order; none without daylight-saving time, nor where that lasts
    /// the whole year: there it begins again at the instant at which it ends.
    func transitions(in year: Int) -> [(seconds: Int64, offset: Int)] {
        guard let saving else { return [] }
        let begin = saving.begin.localSeconds(in: year) - standardOffset
        let end = saving.end.localSeconds(in: year) - saving.offset
        let nextBegin = saving.begin.localSeconds(in: year + 1) - standardOffset
        if end == nextBegin { return [(Int64(begin), saving.offset)] }
        return [(Int64(begin), saving.offset), (Int64(end), standardOffset)].sorted { $0.0 < $1.0 }
    }
}

extension POSIXZoneRule.Change {
    /// Seconds since 1970-01-01, as a local clock counts them.
    func localSeconds(in year: Int) -> Int {
        let newYear = CivilDay.daysSinceEpoch(year: year, month: 1, day: 1)
        let day: Int
        switch date {
        case .julian(let number): day = newYear + number - 1 + (CivilDay.isLeap(year) && number >= 60 ? 1 : 0)
        case .dayOfYear(let number): day = newYear + number
        case .weekday(let month, let nth, let weekday):
            let first = CivilDay.daysSinceEpoch(year: year, month: month, day: 1)
            // 1970-01-01 was a Thursday.
            let offset = (weekday - (first + 4)).floorModulo(7) + 7 * (nth - 1)
            day = first + (offset < CivilDay.daysInMonth(month, ofYear: year) ? offset : offset - 7)
        }
        return day * 86_400 + seconds
    }
}

/// Takes a rule apart from the left; each verb is nil, or false, where the text has something else.
private struct Parser {
    var rest: ArraySlice<UInt8>

    var isAtEnd: Bool { rest.isEmpty }
    func next(is mark: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: mark) }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard next(is: mark) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(upTo limit: Int) -> Int? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard (1...3).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)),
            number <= limit
        else { return nil }
        rest = rest.dropFirst(digits.count)
        return number
    }

    /// An abbreviation: letters, or anything between angle brackets.
    mutating func name() -> Bool {
        if take("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[(end + 1)...]
            return true
        }
        let letters = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
        rest = rest.dropFirst(letters.count)
        return letters.count >= 3
    }

    /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
    mutating func time() -> Int? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = number(upTo: 167) else { return nil }
        var seconds = hours * 3_600
        for unit in [60, 1] {
            guard take(":") else { break }
            guard let number = number(upTo: 59) else { return nil }
            seconds += number * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// `,date[/time]`, at 02:00 without a time.
    mutating func change() -> POSIXZoneRule.Change? {
        guard take(","), let date = date() else { return nil }
        guard take("/") else { return POSIXZoneRule.Change(date: date, seconds: 7_200) }
        return time().map { POSIXZoneRule.Change(date: date, seconds: $0) }
    }

    private mutating func date() -> POSIXZoneRule.DateRule? {
        if take("J") {
            guard let number = number(upTo: 365), number >= 1 else { return nil }
            return .julian(number)
        }
        guard take("M") else { return number(upTo: 365).map { .dayOfYear($0) } }
        guard let month = number(upTo: 12), month >= 1, take("."), let nth = number(upTo: 5), nth >= 1, take("."),
            let weekday = number(upTo: 6)
        else { return nil }
        return .weekday(month: month, nth: nth, weekday: weekday)
    }
}
