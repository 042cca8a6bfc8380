import Touchpoints

/// How one figure came to be: each step that changed it, with its value and the rules, each step that failed, and the end.
struct FigureTrail: Equatable {
    /// What a step is known by.
    enum Cause: Hashable {
        case event(Position)
        case wakeUp(Timestamp)
        case regrouping(Position)
        case failure(Position?, Timestamp, reason: String)
    }

    struct Change: Equatable {
        let cause: Cause
        let value: Value
        let rules: [Rule]
    }

    private(set) var changes: [Change] = []
    /// The value at the end; null where the customer is set aside, which contributes nothing.
    private(set) var value = Value.null
    private(set) var isSetAside = false

    /// Takes the next step; says whether it is one of the trail.
    mutating func take(_ cause: Cause, _ rules: [Rule], _ value: Value) -> Bool {
        if case .failure = cause {
            changes.append(Change(cause: cause, value: value, rules: rules))
            return true
        }
        guard value != self.value else { return false }
        self.value = value
        changes.append(Change(cause: cause, value: value, rules: rules))
        return true
    }

    mutating func finish(isSetAside: Bool) {
        self.isSetAside = isSetAside
        if isSetAside { value = .null }
    }

    /// Whether the last change of another trail is in its place here.
    func agrees(withLastOf other: FigureTrail) -> Bool {
        let last = other.changes.count - 1
        return last < changes.count && changes[last] == other.changes[last]
    }
}

/// What an explanation keeps of a step: all but the states, of which a long ledger would be there in every length that it
/// ever had.
struct ToldStep {
    let cause: FigureTrail.Cause
    let time: Timestamp
    let rules: [Rule]
    /// The one in force for the step; nil where nothing was folded.
    let policy: Position?

    /// The event that was folded, or could not be.
    var event: Position? {
        switch cause {
        case .event(let position): position
        case .failure(let position, _, _): position
        case .wakeUp, .regrouping: nil
        }
    }
}

extension TraceMoment {
    var told: ToldStep {
        switch self {
        case .step(let step): ToldStep(cause: cause, time: step.time, rules: step.rules, policy: step.policy)
        case .regrouping(_, let time), .failure(_, let time, _):
            ToldStep(cause: cause, time: time, rules: [], policy: nil)
        }
    }

    var cause: FigureTrail.Cause {
        switch self {
        case .step(let step): step.event.map { .event($0) } ?? .wakeUp(step.time)
        case .regrouping(let position, _): .regrouping(position)
        case .failure(let event, let time, let reason): .failure(event, time, reason: reason)
        }
    }

    var rules: [Rule] { if case .step(let step) = self { step.rules } else { [] } }
}
