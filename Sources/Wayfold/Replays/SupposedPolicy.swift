import Policies
public import Projections
public import Touchpoints

/// A policy that was never activated, and what it would say of the past (rule 16).
public struct SupposedPolicy: Sendable, Equatable {
    public let yaml: String
    /// The zone's table, as it was when the policy was supposed.
    public let zone: ZoneTable
    /// Where it is activated instead of all that the log activates from there on; what lies behind it is booked under it.
    public let position: Position

    /// - Throws: `PolicyErrors` with line and field; ``ZoneUnknown``.
    public init(yaml: String, from position: Position = Position(1)) throws {
        self.init(yaml: yaml, zone: try ZoneFiles.table(named: Policy(yaml: yaml).timeZone), from: position)
    }

    init(yaml: String, zone: ZoneTable, from position: Position) {
        self.yaml = yaml
        self.zone = zone
        self.position = position
    }

    /// The policy as it decides.
    public var active: ActivePolicy {
        get throws { ActivePolicy(policy: try Policy(yaml: yaml), zone: zone, position: position) }
    }
}
