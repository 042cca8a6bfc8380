public import Projections
public import Touchpoints

/// The two time axes of a question as people give them: how it was, and how it was known.
public struct Axes: Sendable {
    public var asOf: TimeArgument?
    public var asKnown: PositionArgument?

    public init(asOf: TimeArgument? = nil, asKnown: PositionArgument? = nil) {
        self.asOf = asOf
        self.asKnown = asKnown
    }

    /// What they say, by the log that is asked.
    public func resolved(in answers: ViewAnswers) throws -> (asOf: Timestamp?, asKnown: Position?) {
        let position = try asKnown.map { argument in
            switch argument {
            case .position(let position): position
            case .time(let time): try answers.position(knownAt: answers.upperBound(of: time))
            }
        }
        return (try asOf.map { try answers.upperBound(of: $0, at: position) }, position)
    }
}

extension ViewAnswers {
    /// The last instant that a time argument means: by the policy in force at a position (nil: the head) and its clock.
    public func upperBound(of time: TimeArgument, at position: Position? = nil) throws -> Timestamp {
        guard head > .start else { throw QueryError("the log is empty") }
        let position = position ?? head
        guard position <= head, let active = activePolicy(at: position) else {
            // What is wrong with the position is said when it is asked for.
            return .distantPast
        }
        return time.upperBound(in: active.zone, clock: try log.recordedTime(at: position))
    }
}
