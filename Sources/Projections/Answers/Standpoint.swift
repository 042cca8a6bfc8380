import EventLog
public import Touchpoints

/// Where an answer stands on the two axes (rules 10 and 11).
struct Standpoint: Hashable, Sendable {
    /// What the log held: as-known.
    var position: Position
    /// How it was at that time: as-of. Nil: at the clock of the position.
    var time: Timestamp?
    /// Events before this one count for nothing.
    var first = Position(1)
}

extension ViewAnswers {
    /// Where a question asks to stand; nil: at the head of the log, whatever that is.
    func standpoint(of question: Question) throws -> Standpoint? {
        guard !history.policies.isEmpty else { throw QueryError("the log is empty") }
        guard question.asOf != nil || question.asKnown != nil || scenario != nil else { return nil }
        return try standpoint(question.asKnown ?? head, question.asOf)
    }

    /// - Throws: ``QueryError`` where the log does not reach so far, or nothing was known yet.
    func standpoint(_ position: Position, _ time: Timestamp? = nil) throws -> Standpoint {
        guard position <= head else {
            let end = scenario == nil ? "the head of the log" : "the end of the replay"
            throw QueryError("position \(position) lies behind \(end), \(head)", parameter: "as-known")
        }
        guard let first = history.policies.first?.position, first <= position else {
            throw QueryError(
                "nothing was known at position \(position): the first policy came later", parameter: "as-known")
        }
        let clock = try log.recordedTime(at: position)
        let begin = scenario?.first ?? Position(1)
        guard begin <= position else {
            throw QueryError(
                "position \(position) lies before the replay, which begins at \(begin)", parameter: "as-known")
        }
        guard let time, time != clock else { return Standpoint(position: position, first: begin) }
        guard time < clock else {
            let place = position == log.head ? "the log's clock stands at" : "the clock of position \(position) was"
            throw QueryError(
                "\(place) \(clock), before \(time): nothing is known of that time", parameter: "as-of")
        }
        return Standpoint(position: position, time: time, first: begin)
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
