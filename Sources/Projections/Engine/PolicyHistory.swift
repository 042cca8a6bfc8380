public import EventLog
import Policies
import Touchpoints

/// The policies that were ever in force, read from the log: the text and the zone's table of each activation.
public struct PolicyHistory: Sendable {
    /// Ascending by position.
    public private(set) var policies: [ActivePolicy] = []
    private var seen = 0

    public init() {}

    /// The policy in force at the head; nil in a log without one, which only an empty log is.
    public var latest: ActivePolicy? { policies.last }

    /// Reads the activations that came since. O(new activations).
    public mutating func refresh(from log: LogReader) throws {
        let activations = log.activations
        for activation in activations[seen...] where activation.type == .policyActivated {
            let event = try log.event(at: activation.position)
            guard let yaml = event.data.text("yaml"), let zone = event.data.text("zone") else {
                throw StateError("the policy at position \(activation.position) has no text or no zone")
            }
            policies.append(
                ActivePolicy(
                    policy: try Policy(yaml: yaml), zone: try ZoneTable(encoded: zone), position: activation.position))
        }
        seen = activations.count
    }

    /// Forgets what was activated behind a position.
    mutating func cut(at position: Position) { policies.removeAll { $0.position > position } }

    /// Puts a policy in the place of those that were activated at its position or behind it.
    mutating func replace(by policy: ActivePolicy) {
        policies.removeAll { $0.position >= policy.position }
        policies.append(policy)
    }
}

extension ActivePolicy {
    /// What the view reads of this policy, as text: another text means another view.
    func text<P: Projector>(readBy _: P.Type) -> String {
        let text = P.reads(policy)
        return text.contains("timeZone = ") ? text + "zone = \(zone.encoded)\n" : text
    }
}
