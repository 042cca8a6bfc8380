public import Projections
public import Touchpoints

/// A time as people give it: RFC 3339, or a date alone.
public enum TimeArgument: Hashable, Sendable {
    case instant(Timestamp)
    case day(CivilDay)

    /// Reads an argument; throws ``QueryError`` saying what is wrong with it.
    public init(_ text: String) throws(QueryError) {
        if let day = CivilDay(text) {
            self = .day(day)
            return
        }
        do throws(TimestampError) {
            self = .instant(try Timestamp(rfc3339: text))
        } catch {
            throw QueryError("\(error), or a date like 2024-03-13")
        }
    }

    /// The last instant that is meant: of a date its last microsecond in the zone, or the clock where that lies within
    /// the day (rule 7).
    public func upperBound(in zone: ZoneTable, clock: Timestamp) -> Timestamp {
        switch self {
        case .instant(let time): time
        case .day(let day): zone.day(of: clock) == day ? clock : zone.lastInstant(of: day)
        }
    }
}
