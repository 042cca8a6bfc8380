import ArgumentParser
import Touchpoints

/// A time as people give it: RFC 3339, or a date alone.
enum TimeArgument: Hashable {
    case instant(Timestamp)
    case day(CivilDay)

    /// Reads an argument; throws what is wrong with it.
    init(_ text: String) throws {
        if let day = CivilDay(text) {
            self = .day(day)
            return
        }
        do throws(TimestampError) {
            self = .instant(try Timestamp(rfc3339: text))
        } catch {
            throw ValidationError("\(error), or a date like 2024-03-13")
        }
    }

    /// The last instant that is meant: of a date its last microsecond in the zone, or the clock where that lies within
    /// the day (rule 7).
    func upperBound(in zone: ZoneTable, clock: Timestamp) -> Timestamp {
        switch self {
        case .instant(let time): time
        case .day(let day): zone.day(of: clock) == day ? clock : zone.lastInstant(of: day)
        }
    }
}
