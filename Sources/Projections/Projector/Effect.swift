import Touchpoints

/// A value in what an effect tells.
public enum EffectValue: Hashable, Sendable {
    case integer(Int64)
    case text(String)
}

/// Something that others are to be told of, once for its rule and its cause (rule 39).
struct Effect: Sendable {
    /// What made it, and whose strand that was: with the rule, its key.
    struct Cause: Hashable, Sendable {
        /// The event's t, or the due time of the wake-up.
        var time: Timestamp
        /// The event's position; `.start` for a wake-up.
        var position: Position
        /// Of the event; for a wake-up the customer's number.
        var strand: StrandNumber
    }

    let rule: Rule
    let payload: [(name: StaticString, value: EffectValue)]
    /// nil until the step that emitted it is done.
    var cause: Cause?
}
