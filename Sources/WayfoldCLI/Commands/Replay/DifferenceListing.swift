import Projections
import Wayfold

/// What differs, as rows: each value, or what moved in total.
struct DifferenceListing {
    private let differences: Differences
    private let views: [String]

    init(_ differences: Differences, of views: [String]) {
        self.differences = differences
        self.views = views
    }

    /// Writes the rows, and tells the counts on standard error; whether there is any difference.
    func write(as format: FormatOption, totals isTotal: Bool) throws -> Bool {
        let progress = Progress("folding the views", unit: "events")
        defer { progress.end() }
        for answers in [differences.before, differences.after] {
            answers.replaying = { _, position, end in progress.update(position, of: end) }
        }
        var found = DifferenceTotals()
        if isTotal {
            found = try differences.forEach(in: views) { _ in }
            progress.end()
            try format.write(DifferenceTotals.columns) { emit in for row in found.rows { try emit(row) } }
        } else {
            try format.write(Differences.columns) { emit in
                found = try differences.forEach(in: views) { row in
                    progress.end()
                    try emit(row)
                }
            }
        }
        progress.end()
        Console.current.remark(format.chosen == .table ? remark(found) : json(found))
        return found.valueCount > 0
    }

    private func remark(_ found: DifferenceTotals) -> String {
        var text = "wayfold: \(found.valueCount) \(found.valueCount == 1 ? "value" : "values")"
        text += " of \(found.rowCount) \(found.rowCount == 1 ? "row" : "rows") differ"
        text += " between position \(differences.position) and position \(differences.after.head) of the replay"
        let setAside = found.setAside
        if setAside != (0, 0) { text += "; set aside: \(setAside.before) before, \(setAside.after) after" }
        return text
    }

    /// The same as one object: contract for programs.
    private func json(_ found: DifferenceTotals) -> String {
        Report.fields([
            ("values", .integer(found.valueCount)), ("rows", .integer(found.rowCount)),
            ("position_before", .integer(differences.position.rawValue)),
            ("position", .integer(differences.after.head.rawValue)),
            ("set_aside_before", .integer(found.setAside.before)),
            ("set_aside", .integer(found.setAside.after)),
        ]).json
    }
}
