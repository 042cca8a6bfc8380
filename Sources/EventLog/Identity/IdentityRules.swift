import Policies
import Touchpoints

/// What the policy in force says of aliases, by the numbers that the log gave to kinds.
struct IdentityRules: Sendable {
    /// What the policy says of a kind.
    struct Rule: Sendable {
        var scope: IdentityPolicy.Scope
        var limit: Int?
        var perDays: Int?
    }

    let policy: IdentityPolicy
    let zone: ZoneTable
    let hasLimits: Bool
    /// By the number of the kind.
    private var rules: [Rule] = [Rule(scope: .exclusive)]

    init(_ policy: IdentityPolicy, _ zone: ZoneTable) {
        self.policy = policy
        self.zone = zone
        hasLimits = policy.kinds.contains { $0.limit != nil }
    }

    /// Looks the kinds up that are new in the dictionary. O(new kinds x kinds of the policy).
    mutating func learn(_ kinds: NameTable) {
        while rules.count <= kinds.names.count {
            let name = kinds.names[rules.count - 1]
            let named = policy.kinds.first { $0.name == name }
            rules.append(Rule(scope: policy.scope(of: name), limit: named?.limit, perDays: named?.perDays))
        }
    }

    /// The rule of a kind that was learned.
    subscript(kind: KindNumber) -> Rule { rules[Int(kind.rawValue)] }
}
