import Projections
import Wayfold

extension ImportSummary {
    /// Whether events came and none of them is in the log.
    var isNothingKnown: Bool { total > 0 && new + duplicates == 0 }

    /// The counts, and how fast it went.
    func report(elapsed: Duration, isDryRun: Bool) -> Report {
        let seconds = elapsed / .seconds(1)
        return .fields([
            ("events", .integer(total)), ("new", .integer(new)), ("duplicate", .integer(duplicates)),
            ("conflict", .integer(conflicts)), ("refused", .integer(refused)),
            ("first_position", isDryRun ? .value(.null) : .value(first.map(Value.position) ?? .null)),
            ("last_position", isDryRun ? .value(.null) : .value(last.map(Value.position) ?? .null)),
            ("events_per_second", seconds > 0 ? .integer(Int64(Double(total) / seconds)) : .value(.null)),
            ("dry_run", .value(.flag(isDryRun))),
        ])
    }
}
