public import Touchpoints

/// What a replay folds: the log as known at a position, or a piece of it up to there, under the policies that it has activated
/// or under another one.
public struct Scenario: Sendable {
    /// Events before this one count for nothing, as if there were none; who is one customer is still told by all.
    public let first: Position
    /// Answers stand here where a question names no position; none can stand behind it.
    public let position: Position
    /// In the place of every policy that the log activates at its position or behind it; nil: the log's own (rule 16).
    public let policy: ActivePolicy?

    /// - Parameter policy: with the position at which it is activated instead: what lies behind that is booked under it.
    /// - Throws: ``QueryError`` where the position lies before the first, and where the policy would be activated behind the
    ///   position, and so change nothing.
    public init(
        from first: Position = Position(1), position: Position, policy: ActivePolicy? = nil
    ) throws(QueryError) {
        guard first > .start, first <= position else {
            throw QueryError("a replay from position \(first) cannot end at position \(position)")
        }
        if let policy, policy.position > position {
            throw QueryError("a policy from position \(policy.position) on changes nothing at position \(position)")
        }
        self.first = first
        self.position = position
        self.policy = policy
    }
}

extension PolicyHistory {
    /// The policies of a scenario.
    func supposing(_ scenario: Scenario) -> PolicyHistory {
        var history = self
        history.cut(at: scenario.position)
        if let policy = scenario.policy { history.replace(by: policy) }
        return history
    }
}
