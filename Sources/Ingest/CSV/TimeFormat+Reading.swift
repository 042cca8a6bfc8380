import Touchpoints

extension TimeFormat {
    /// The instant that a cell means; nil if it is not of this format or there is no such time.
    ///
    /// - Parameter zone: of times without an offset. A date alone is the first instant of its day.
    func instant(_ cell: [UInt8], zone: ZoneTable) -> Timestamp? {
        switch self {
        case .rfc3339: try? Timestamp(rfc3339: cell.span)
        case .unixSeconds: Self.bounded(try? Decimal.scaled(cell.span, digits: 6))
        case .unixMillis: Self.bounded(try? Decimal.scaled(cell.span, digits: 3))
        case .pattern(let tokens, _): Self.read(cell[...], tokens, zone)
        }
    }

    private static func bounded(_ microseconds: Int64?) -> Timestamp? {
        let time = microseconds.map { Timestamp(microseconds: $0) }
        return time.flatMap { $0 >= .earliest && $0 <= .latest ? $0 : nil }
    }

    private static func read(_ cell: ArraySlice<UInt8>, _ tokens: [Token], _ zone: ZoneTable) -> Timestamp? {
        var rest = cell
        var clock = Clock()
        var offsetMinutes: Int?
        for token in tokens {
            switch token {
            case .literal(let byte): guard rest.popFirst() == byte else { return nil }
            case .offset:
                guard let minutes = offset(&rest) else { return nil }
                offsetMinutes = minutes
            case .field(let field, let digits):
                let run = rest.prefix(digits.upperBound).prefix { $0 &- UInt8(ascii: "0") < 10 }
                guard run.count >= digits.lowerBound else { return nil }
                rest = rest.dropFirst(run.count)
                clock.set(field, run)
            }
        }
        guard rest.isEmpty, let day = CivilDay(year: clock.year, month: clock.month, day: clock.day),
            clock.hour < 24, clock.minute < 60, clock.second < 60
        else { return nil }
        if let offsetMinutes {
            return ZoneTable.utc.instant(on: day, at: clock.sinceMidnight) - .minutes(Int64(offsetMinutes))
        }
        return clock.hasTime ? zone.instant(on: day, at: clock.sinceMidnight) : zone.firstInstant(of: day)
    }

    /// Minutes east of UTC.
    private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let sign = rest.popFirst() else { return nil }
        if sign == UInt8(ascii: "Z") { return 0 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = twoDigits(&rest) else { return nil }
        if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
        guard let minutes = twoDigits(&rest), hours < 24, minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func twoDigits(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let tens = rest.popFirst(), let units = rest.popFirst(), tens &- 48 < 10, units &- 48 < 10 else {
            return nil
        }
        return Int(tens - 48) * 10 + Int(units - 48)
    }

    /// What a clock and calendar show.
    private struct Clock {
        var (year, month, day, hour, minute, second, microsecond) = (0, 0, 0, 0, 0, 0, 0)
        var hasTime = false

        var sinceMidnight: Elapsed {
            Elapsed(microseconds: Int64(hour * 3600 + minute * 60 + second) * 1_000_000 + Int64(microsecond))
        }

        mutating func set(_ field: Field, _ digits: ArraySlice<UInt8>) {
            let value = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
            switch field {
            case .year: year = value
            case .month: month = value
            case .day: day = value
            case .hour: hour = value
            case .minute: minute = value
            case .second: second = value
            case .fraction:
                let six = digits.prefix(6) + Array(repeating: 48, count: max(0, 6 - digits.count))
                microsecond = six.reduce(0) { $0 * 10 + Int($1 - 48) }
            }
            if field != .year && field != .month && field != .day { hasTime = true }
        }
    }
}
