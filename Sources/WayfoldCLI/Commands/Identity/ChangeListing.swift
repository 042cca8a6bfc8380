import Projections
import Touchpoints
import Wayfold

/// What would change in the views, as rows: each column of each row that would be another.
struct ChangeListing {
    private let preview: Preview

    init(_ preview: Preview) { self.preview = preview }

    func write(as format: FormatOption) throws {
        let decision = try preview.decision
        let progress = Progress("folding the views", unit: "events")
        defer { progress.end() }
        var count = 0
        try format.write(Preview.columns) { emit in
            try preview.forEachChange { row in
                try emit(row)
                count += 1
            }
        }
        progress.end()
        let verdict = decision == .none ? "" : "the log would say \"\(decision.name)\"; "
        Console.current.remark("wayfold: \(verdict)\(count) \(count == 1 ? "value" : "values") would change")
    }
}
