import ArgumentParser
import Projections
import Touchpoints

/// The two time axes of an answer: how it was, and how it was known.
struct AxisOptions: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("How it was then: RFC 3339, or a date for its end.", valueName: "time"),
        transform: TimeArgument.init)
    var asOf: TimeArgument?

    @Option(
        name: .customLong("as-known"),
        help: ArgumentHelp(
            "How it was known at a position, or by a time: RFC 3339, or a date for its end.",
            valueName: "position|time"),
        transform: PositionArgument.init)
    var asKnown: PositionArgument?
}

extension AxisOptions {
    /// What they say, by the log that is asked.
    func resolved(in answers: ViewAnswers) throws -> (asOf: Timestamp?, asKnown: Position?) {
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
    func upperBound(of time: TimeArgument, at position: Position? = nil) throws -> Timestamp {
        guard log.head > .start else { throw QueryError("the log is empty") }
        let position = position ?? log.head
        guard position <= log.head, let active = activePolicy(at: position) else {
            // What is wrong with the position is said when it is asked for.
            return .distantPast
        }
        return time.upperBound(in: active.zone, clock: try log.recordedTime(at: position))
    }
}
