import Touchpoints

/// Which projector folds at which position: one for the whole history in occurred order, in recorded order that of
/// the policy in force there (rule 14).
struct PolicySchedule<P: Projector> {
    /// Ascending by position; the first counts from the start of the log.
    private(set) var entries: [PolicyInForce<P>]

    /// - Parameter policies: ascending by position, not empty; in occurred order exactly one.
    init(_ policies: [ActivePolicy]) {
        precondition(!policies.isEmpty && (P.order == .recorded || policies.count == 1))
        entries = policies.map { PolicyInForce($0) }
    }

    private func index(at position: Position) -> Int {
        var index = entries.count - 1
        while index > 0, entries[index].position > position { index -= 1 }
        return index
    }

    /// The projector for what comes behind `position`.
    func projector(at position: Position) -> P { entries[index(at: position)].projector }
    func active(at position: Position) -> ActivePolicy { inForce(at: position).active }
    func inForce(at position: Position) -> PolicyInForce<P> { entries[index(at: position)] }

    /// Takes policies that were activated since; ignored in occurred order, where a new generation takes them.
    mutating func extend(by policies: [ActivePolicy]) {
        guard P.order == .recorded else { return }
        for active in policies where active.position > entries[entries.count - 1].position {
            entries.append(PolicyInForce(active))
        }
    }

    /// The end of the batch that begins behind `checkpoint`: `target`, or the next activation before it. The record
    /// of an activation belongs to the batch before, since the wake-ups due by its time still fire under the old policy.
    func lastPosition(behind checkpoint: Position, through target: Position) -> Position {
        min(target, entries.first { $0.position > checkpoint }?.position ?? target)
    }

    /// Whether a policy comes into force with the record at `position`; never in occurred order.
    func hasActivation(at position: Position) -> Bool {
        P.order == .recorded && entries.dropFirst().contains { $0.position == position }
    }

    /// Whether a policy comes into force behind a position.
    func hasChange(behind position: Position) -> Bool { entries[entries.count - 1].position > position }

    /// The next activation behind `position` whose record stands before `end`; always nil in occurred order.
    func change(after position: Position, before end: Position) -> Position? {
        guard P.order == .recorded else { return nil }
        return entries.first { $0.position > position && $0.position < end }?.position
    }
}

/// A policy and the projector that folds under it; handed on without a copy, since both have many parts.
final class PolicyInForce<P: Projector>: Sendable {
    let active: ActivePolicy
    let projector: P
    var position: Position { active.position }

    init(_ active: ActivePolicy) {
        self.active = active
        projector = P(active)
    }
}
