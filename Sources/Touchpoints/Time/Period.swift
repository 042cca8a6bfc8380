/// A length of time as a policy gives it: hours and less are elapsed time, days are civil days of the policy's zone.
public enum Period: Hashable, Sendable {
    case elapsed(Elapsed)
    case days(Int)

    /// Reads `45s`, `30m`, `24h` or `30d`: a whole number and a unit, nothing between. Nil for anything else, and
    /// beyond 36,500 days (100 years).
    public init?(_ text: some StringProtocol) {
        guard let first = text.first, first.isNumber, let number = Int64(text.dropLast()),
            number <= Self.secondsLimit
        else { return nil }
        switch text.last {
        case "s": self = .elapsed(.seconds(number))
        case "m": self = .elapsed(.minutes(number))
        case "h": self = .elapsed(.hours(number))
        case "d": self = .days(Int(number))
        default: return nil
        }
        switch self {
        case .elapsed(let elapsed): guard elapsed <= .seconds(Self.secondsLimit) else { return nil }
        case .days(let days): guard days <= Self.daysLimit else { return nil }
        }
    }

    /// When a period that begins at `time` is over; "N days" end when day D+N begins, D being the day of `time`.
    public func end(after time: Timestamp, in zone: ZoneTable) -> Timestamp {
        switch self {
        case .elapsed(let elapsed): time + elapsed
        case .days(let days): zone.firstInstant(of: zone.day(of: time) + days)
        }
    }

    private static let daysLimit = 36_500
    private static let secondsLimit: Int64 = 36_500 * 86_400
}

extension Period: CustomStringConvertible {
    /// The text that reads back as the same period, in the greatest unit that divides it.
    public var description: String {
        switch self {
        case .days(let days): return "\(days)d"
        case .elapsed(let elapsed):
            let seconds = elapsed.microseconds / 1_000_000
            if seconds % 3_600 == 0 { return "\(seconds / 3_600)h" }
            return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
        }
    }
}
