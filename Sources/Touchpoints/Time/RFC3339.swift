/// Why a text is not a time by RFC 3339.
public enum TimestampError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not of the form `yyyy-MM-ddThh:mm:ss[.fraction](Z|+hh:mm|-hh:mm)`.
    case form
    /// The calendar has no such date.
    case date
    /// No such hour, minute or second.
    case timeOfDay
    /// The form is right up to the end, where `Z` or an offset should be.
    case offsetMissing
    /// An offset beyond 23:59.
    case offset
    /// In UTC before the year 1 or after 9999.
    case range

    public var description: String {
        switch self {
        case .form: "expected a time like 2024-03-13T10:21:14Z"
        case .date: "the calendar has no such date"
        case .timeOfDay: "there is no such time of day"
        case .offsetMissing: "expected Z or an offset like +01:00 after the time"
        case .offset: "the offset is beyond 23:59"
        case .range: "the year in UTC must be within 1 and 9999"
        }
    }
}

extension Timestamp {
    /// 0001-01-01T00:00:00Z, the first instant that can be read and written.
    public static let earliest = Timestamp(rawValue: -62_135_596_800_000_000)
    /// 9999-12-31T23:59:59.999999Z, the last one.
    public static let latest = Timestamp(rawValue: 253_402_300_799_999_999)

    /// Reads a time by RFC 3339; about 30 ns, no allocation.
    ///
    /// `T` and `Z` may be lower case. Digits of the fraction beyond microseconds are cut off. A leap second, which must
    /// be 23:59:60 in UTC, becomes the last microsecond of its minute: it stays within its day and after what came before.
    public init(rfc3339 bytes: Span<UInt8>) throws(TimestampError) {
        guard bytes.count >= 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let century = bytes.twoDigits(at: 0), let yearOfCentury = bytes.twoDigits(at: 2),
            let month = bytes.twoDigits(at: 5), let day = bytes.twoDigits(at: 8),
            let hour = bytes.twoDigits(at: 11), let minute = bytes.twoDigits(at: 14),
            let second = bytes.twoDigits(at: 17)
        else { throw .form }
        let year = century &* 100 &+ yearOfCentury
        guard year >= 1 else { throw .range }
        guard month >= 1, month <= 12, day >= 1,
            day <= 28 || day <= CivilDay.daysInMonth(month, ofYear: year)
        else { throw .date }
        guard hour <= 23, minute <= 59, second <= 60 else { throw .timeOfDay }

        var next = 19
        var micros = 0
        if next < bytes.count, bytes[next] == UInt8(ascii: ".") {
            next &+= 1
            let first = next
            while next < bytes.count {
                let digit = bytes[next] &- UInt8(ascii: "0")
                guard digit <= 9 else { break }
                if next &- first < 6 { micros = micros &* 10 &+ Int(digit) }
                next &+= 1
            }
            guard next > first else { throw .form }
            for _ in 0..<max(0, 6 &- (next &- first)) { micros &*= 10 }
        }
        let offsetMinutes = try Self.offsetMinutes(bytes, at: next)

        let days = CivilDay.daysSinceEpoch(year: year, month: month, day: day)
        let utcMinutes = days &* 1_440 &+ hour &* 60 &+ minute &- offsetMinutes
        if second == 60 {
            guard utcMinutes.floorModulo(1_440) == 1_439 else { throw .timeOfDay }
            micros = 999_999
        }
        let seconds = utcMinutes &* 60 &+ (second == 60 ? 59 : second)
        self.init(rawValue: Int64(seconds &* 1_000_000 &+ micros))
        guard self >= .earliest, self <= .latest else { throw .range }
    }

    /// Reads a time by RFC 3339, from text; see ``init(rfc3339:)-(Span<UInt8>)``.
    public init(rfc3339 text: String) throws(TimestampError) {
        try self.init(rfc3339: text.utf8Span.span)
    }

    /// What stands after the seconds, up to the end: `Z` or the offset from UTC.
    @inline(__always)
    private static func offsetMinutes(_ bytes: Span<UInt8>, at start: Int) throws(TimestampError) -> Int {
        guard start < bytes.count else { throw .offsetMissing }
        let sign = bytes[start]
        if sign | 0x20 == UInt8(ascii: "z") {
            guard start &+ 1 == bytes.count else { throw .form }
            return 0
        }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), bytes.count == start &+ 6,
            bytes[start &+ 3] == UInt8(ascii: ":"),
            let hours = bytes.twoDigits(at: start &+ 1), let minutes = bytes.twoDigits(at: start &+ 4)
        else { throw .form }
        guard hours <= 23, minutes <= 59 else { throw .offset }
        let offset = hours &* 60 &+ minutes
        return sign == UInt8(ascii: "-") ? -offset : offset
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC, as `2024-03-13T10:21:14Z`; a fraction only where it is not zero, with 3 digits or 6.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(27)
        CivilDay(rawValue: Int32(rawValue.floorDivided(by: 86_400_000_000))).append(to: &bytes)
        let micros = Int(rawValue.floorModulo(86_400_000_000))
        let seconds = micros / 1_000_000
        bytes.append(UInt8(ascii: "T"))
        bytes.appendDecimal(seconds / 3_600, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDecimal(seconds / 60 % 60, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDecimal(seconds % 60, width: 2)
        let fraction = micros % 1_000_000
        if fraction > 0 {
            bytes.append(UInt8(ascii: "."))
            let inMillis = fraction % 1_000 == 0
            bytes.appendDecimal(inMillis ? fraction / 1_000 : fraction, width: inMillis ? 3 : 6)
        }
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }
}
