import EventLog
import Projections
import Touchpoints
import Wayfold

/// What `merge` and `split` say when it is done.
struct DecidedRow {
    private static let columns: [Column] = [.text("decision"), .integer("position"), .text("alias")]

    private let decided: Decided
    private let alias: Alias

    init(_ decided: Decided, _ alias: Alias) {
        self.decided = decided
        self.alias = alias
    }

    func write(as format: FormatOption) throws {
        try format.write(Self.columns) { emit in
            try emit([
                .text(decided.decision.name), .integer(Int64(decided.position.rawValue)), .text("\(alias)"),
            ])
        }
        // What was asked for is not so.
        if decided.decision == .blocked { throw Failure("an alias is nobody's by the policy: nothing was changed") }
    }
}

extension ViewAnswers {
    /// The alias that is meant, as it is written in the log.
    func alias(named text: String) throws -> Alias {
        guard let alias = try log.alias(of: try strand(named: text)) else {
            throw QueryError("there is no customer \(text)")
        }
        return alias
    }
}
