import Projections
import Wayfold

extension Answer {
    /// Says on standard error where the answer stands: below a table in words, else for programs as a line of JSON.
    func tell(rowCount: Int, for format: OutputFormat) {
        Console.current.remark(format == .table ? remark(rowCount: rowCount) : json(rowCount: rowCount))
    }

    /// One line below a table.
    func remark(rowCount: Int) -> String {
        var text = "\(rowCount) \(rowCount == 1 ? "row" : "rows") at position \(position), "
        if let asOf { text += "as of \(asOf), " }
        text += "under the policy \(isSupposed ? "that is supposed from position" : "of position") \(policy)"
        if setAside > 0 {
            text += "; \(setAside) \(setAside == 1 ? "customer is" : "customers are") set aside (wayfold status)"
        }
        if isStale { text += "; stale: another version of the view made it (wayfold rebuild)" }
        return text
    }

    /// The same as one object: contract for programs.
    func json(rowCount: Int) -> String {
        let fields: [(name: String, report: Report)] = [
            ("position", .integer(position.rawValue)), ("as_of", .value(asOf.map { .time($0) } ?? .null)),
            ("policy", .integer(policy.rawValue)), ("rows", .integer(rowCount)), ("set_aside", .integer(setAside)),
            ("stale", .value(.flag(isStale))),
        ]
        // Only of what would be: answers are mostly about what is.
        return Report.fields(fields + (isSupposed ? [("supposed", .value(.flag(true)))] : [])).json
    }
}
