import Digests
import EventLog
import Touchpoints

/// The part that every view has: what was said of a past position then, and what is said of it now (rule 13).
enum Corrections {
    static let name = "corrections"
    static let columns: [Column] = [.text("part"), .text("key"), .text("column"), .text("before"), .text("after")]
    static let since = "since"
    static let options: [PartOption] = [.text(since, required: true)]
}

extension ViewAnswers {
    /// Each value that differs between the view as known at a position and the view as of that position's clock as known
    /// now; of each part that has a key and can be asked without options, in the order of the parts.
    func corrections<P: Projector>(
        _ projector: P.Type, _ question: Question, _ filter: RowFilter, _ emit: (Row) throws -> Void
    ) throws -> Answer {
        let since = try Self.correctedPosition(question, of: projector)
        let then = try standpoint(since)
        let now = try standpoint(head, log.recordedTime(at: since))
        let before = try wholeView(projector, at: then)
        let after = try wholeView(projector, at: now)
        try untilEnough {
            for part in projector.parts where filter.admits(.text(part.name), inColumn: 0) {
                guard let key = part.keyIndices, part.needsNoOptions else { continue }
                let options = try options(Question(view: P.name, part: part.name), part)
                let difference = try RowDifference(
                    key: key, before: PartRows(part, before, options).forEach,
                    after: PartRows(part, after, options).forEach)
                try difference.forEachPair { old, new in
                    for row in part.values(old, new) where filter.accepts(row) { try emit(row) }
                }
            }
        }
        return Answer(after)
    }

    private static func correctedPosition<P: Projector>(_ question: Question, of _: P.Type) throws -> Position {
        let given = question.options
        guard let text = given[Corrections.since] else {
            throw QueryError("\(P.name)/corrections needs since", parameter: "since")
        }
        guard let number = UInt64(text) else {
            throw QueryError("since is \(text), which is no position", parameter: "since")
        }
        if let other = given.keys.sorted().first(where: { $0 != Corrections.since }) {
            throw QueryError("\(P.name)/corrections has no option \(other)", parameter: other)
        }
        guard question.customer == nil, question.asOf == nil, question.asKnown == nil, question.changesSince == nil
        else { throw QueryError("\(P.name)/corrections takes since alone") }
        return Position(number)
    }
}
