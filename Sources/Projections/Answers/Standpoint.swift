import EventLog
public import Touchpoints

/// Where an answer stands on the two axes (rules 10 and 11).
struct Standpoint: Hashable, Sendable {
    /// What the log held: as-known.
    var position: Position
    /// How it was at that time: as-of. Nil: at the clock of the position.
    var time: Timestamp?
}

extension ViewAnswers {
    /// Where a question asks to stand; nil: at the head, whatever that is.
    func standpoint(of question: Question) throws -> Standpoint? {
        guard !history.policies.isEmpty else { throw QueryError("the log is empty") }
        guard question.asOf != nil || question.asKnown != nil else { return nil }
        return try standpoint(question.asKnown ?? log.head, question.asOf)
    }

    /// - Throws: ``QueryError`` where the log does not reach so far, or nothing was known yet.
    func standpoint(_ position: Position, _ time: Timestamp? = nil) throws -> Standpoint {
        guard position <= log.head else {
            throw QueryError(
                "position \(position) lies behind the head of the log, \(log.head)", parameter: "as-known")
        }
        guard let first = history.policies.first?.position, first <= position else {
            throw QueryError(
                "nothing was known at position \(position): the first policy came later", parameter: "as-known")
        }
        let clock = try log.recordedTime(at: position)
        guard let time, time != clock else { return Standpoint(position: position) }
        guard time < clock else {
            let place = position == log.head ? "the log's clock stands at" : "the clock of position \(position) was"
            throw QueryError(
                "\(place) \(clock), before \(time): nothing is known of that time", parameter: "as-of")
        }
        return Standpoint(position: position, time: time)
    }

    /// The position that the log had reached at a time: the last that was recorded at or before it. O(log² blocks).
    ///
    /// - Throws: ``QueryError`` where nothing was recorded by then.
    public func position(knownAt time: Timestamp) throws -> Position {
        let position = try log.position(recordedAtOrBefore: time)
        guard position > .start else {
            throw QueryError("nothing was recorded by \(time)", parameter: "as-known")
        }
        return position
    }

    /// The policy in force at a position of the log; nil before the first.
    public func activePolicy(at position: Position) -> ActivePolicy? {
        history.policies.last { $0.position <= position }
    }
}
