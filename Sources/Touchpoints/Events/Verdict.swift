/// What became of one event that was handed to the log.
public enum Verdict: Sendable, Equatable {
    /// On disk, synced, at this position.
    case stored(Position)
    /// The same source, id and content came before, at this position.
    case duplicate(Position)
    /// The same source and id came before with other content; `differing` names the fields, where still known.
    case conflict(Position, differing: [String])
    /// Refused for good: which field, and what was expected.
    case refused(Refusal)
    /// Not stored: what was expected of its customer's last position does not hold, or held until an earlier time only;
    /// `last` is that position now, the start where the customer has no event.
    case outdated(last: Position)
    /// Not stored, though nothing is wrong with it: its batch was to be stored whole or not at all, and another event
    /// hindered that.
    case withheld
}

/// Why an event was refused.
public struct Refusal: Error, Sendable, Equatable {
    /// The field as a dotted path (`data.total.amount`), empty for the event as a whole.
    public var field: String
    /// What is wrong and what was expected, for people.
    public var reason: String

    public init(field: String, reason: String) {
        self.field = field
        self.reason = reason
    }
}
