import Touchpoints

/// Where the log recorded that a policy or a schema came into force.
public struct Activation: Hashable, Sendable {
    public let position: Position
    /// `policy.activated` or `schema.activated`.
    public let type: EventType
}
