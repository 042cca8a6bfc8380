import EventLog
import Policies
import Projections
import Touchpoints

/// What the log's writer must make of who is who, the slow way: every pair that a split keeps apart stands in a list,
/// every customer is a set (rules 17 to 20).
struct NaiveJudge {
    /// What an event becomes.
    struct Ruling: Equatable {
        var strand: UInt32 = 0
        var otherStrand: UInt32 = 0
        var formerStrand: UInt32 = 0
        var leavingStrands: [UInt32] = []
        var decision = IdentityDecision.none
    }

    struct Pair: Hashable {
        var low: UInt32
        var high: UInt32
        init(_ a: UInt32, _ b: UInt32) { (low, high) = (min(a, b), max(a, b)) }
    }

    private(set) var aliases: [Alias] = []
    /// By alias: its newest strand.
    private var owners: [Alias: UInt32] = [:]
    private var former: Set<UInt32> = []
    private var sets: [Set<UInt32>] = []
    private var apart: Set<Pair> = []
    /// The recorded time at which a strand that stood alone came into its customer.
    private var joined: [UInt32: Timestamp] = [:]

    private func customer(_ strand: UInt32) -> Set<UInt32> { sets.first { $0.contains(strand) } ?? [strand] }

    /// The newest strand of an alias.
    func strand(of alias: Alias) -> UInt32? { owners[alias] }

    /// What becomes of an event; nil where it must be refused.
    mutating func judge(_ happening: Happening, recorded: Timestamp, under active: ActivePolicy) -> Ruling? {
        let policy = active.policy.identity
        var ruling = Ruling()
        func isBlocked(_ alias: Alias) -> Bool { policy.isBlocked(alias.value) }
        switch happening.type {
        case .customerMerged:
            guard let subject = happening.alias, let other = happening.others.first,
                isBlocked(subject) || owners[subject] != nil, isBlocked(other) || owners[other] != nil
            else { return nil }
            ruling.strand = isBlocked(subject) ? 0 : owners[subject]!
            ruling.otherStrand = isBlocked(other) ? 0 : owners[other]!
            merge(&ruling, at: recorded)
        case .customerSplit:
            guard let subject = happening.alias, isBlocked(subject) || owners[subject] != nil,
                happening.others.allSatisfy({ owners[$0] != nil })
            else { return nil }
            ruling.strand = isBlocked(subject) ? 0 : owners[subject]!
            split(&ruling, happening.others.map { owners[$0]! })
        case .customerIdentified:
            guard let subject = happening.alias else { return nil }
            ruling.strand = isBlocked(subject) ? 0 : known(subject)
            guard let other = happening.others.first else { return ruling }
            ruling.otherStrand = isBlocked(other) ? 0 : known(other)
            identify(&ruling, subject, other, at: recorded, under: active)
        default:
            if let subject = happening.alias, !isBlocked(subject) { ruling.strand = known(subject) }
        }
        return ruling
    }

    /// The newest strand of an alias; the first one where it has none.
    private mutating func known(_ alias: Alias) -> UInt32 { owners[alias] ?? newStrand(of: alias) }

    private mutating func newStrand(of alias: Alias) -> UInt32 {
        aliases.append(alias)
        owners[alias] = UInt32(aliases.count)
        return UInt32(aliases.count)
    }

    private mutating func join(_ a: UInt32, _ b: UInt32, at time: Timestamp) {
        for strand in [a, b] where customer(strand).count == 1 { joined[strand] = time }
        let union = customer(a).union(customer(b))
        sets.removeAll { !$0.isDisjoint(with: union) }
        sets.append(union)
    }

    private mutating func merge(_ ruling: inout Ruling, at time: Timestamp) {
        let (a, b) = (ruling.strand, ruling.otherStrand)
        guard a != 0, b != 0 else {
            ruling.decision = .blocked
            return
        }
        guard customer(a) != customer(b) else {
            ruling.decision = .alreadyOne
            return
        }
        ruling.decision = .merged
        // Rule 20: what somebody says lifts what splits keep apart.
        for one in customer(a) { for other in customer(b) { apart.remove(Pair(one, other)) } }
        join(a, b, at: time)
    }

    private mutating func split(_ ruling: inout Ruling, _ named: [UInt32]) {
        guard ruling.strand != 0 else {
            ruling.decision = .blocked
            return
        }
        let all = customer(ruling.strand)
        let leaving = all.intersection(named)
        guard !leaving.isEmpty, leaving != all else {
            ruling.decision = .notTogether
            return
        }
        ruling.decision = .split
        ruling.leavingStrands = leaving.sorted()
        for one in leaving { for other in all.subtracting(leaving) { apart.insert(Pair(one, other)) } }
        sets.removeAll { $0 == all }
        sets += [leaving, all.subtracting(leaving)]
    }
}

/// Identifications (rule 19).
extension NaiveJudge {
    private mutating func identify(
        _ ruling: inout Ruling, _ subject: Alias, _ other: Alias, at time: Timestamp, under active: ActivePolicy
    ) {
        let (a, b) = (ruling.strand, ruling.otherStrand)
        guard a != 0, b != 0 else {
            ruling.decision = .blocked
            return
        }
        guard customer(a) != customer(b) else {
            ruling.decision = .alreadyOne
            return
        }
        let policy = active.policy.identity
        let areShared = (policy.scope(of: subject.kind) == .shared, policy.scope(of: other.kind) == .shared)
        let movesSubject = areShared == (true, false) && isKnownExclusively(a, policy)
        let movesOther =
            areShared == (false, true) && isKnownExclusively(b, policy)
            || areShared == (true, true) && customer(a).count > 1 && customer(b).count > 1
        if movesSubject || movesOther {
            let (alias, stays) = movesSubject ? (subject, b) : (other, a)
            if isTooMany(
                counted(customer(stays), at: time, active), [alias.kind: 1], loneFirst: customer(stays).count == 1,
                loneSecond: true, policy)
            {
                ruling.decision = .overLimit
                return
            }
            ruling.decision = .moved
            ruling.formerStrand = owners[alias]!
            former.insert(owners[alias]!)
            let new = newStrand(of: alias)
            if movesSubject { ruling.strand = new } else { ruling.otherStrand = new }
            return join(ruling.strand, ruling.otherStrand, at: time)
        }
        for one in customer(a) {
            for other in customer(b) where apart.contains(Pair(one, other)) {
                ruling.decision = .keptApart
                return
            }
        }
        let (mine, others) = (counted(customer(a), at: time, active), counted(customer(b), at: time, active))
        if isTooMany(mine, others, loneFirst: customer(a).count == 1, loneSecond: customer(b).count == 1, policy) {
            ruling.decision = .overLimit
            return
        }
        ruling.decision = .joined
        join(a, b, at: time)
    }

    /// Whether the customer, not this strand alone, holds an exclusive alias.
    private func isKnownExclusively(_ strand: UInt32, _ policy: IdentityPolicy) -> Bool {
        let all = customer(strand)
        return all.count > 1
            && all.contains { policy.scope(of: aliases[Int($0) - 1].kind) == .exclusive && !former.contains($0) }
    }

    /// The aliases of a customer that count against limits, by kind: its own now, and those within the period.
    private func counted(_ strands: Set<UInt32>, at time: Timestamp, _ active: ActivePolicy) -> [String: Int] {
        var counts: [String: Int] = [:]
        for strand in strands where !former.contains(strand) {
            let kind = aliases[Int(strand) - 1].kind
            guard let rule = active.policy.identity.kinds.first(where: { $0.name == kind }) else { continue }
            if strands.count > 1, let days = rule.perDays, let since = joined[strand],
                active.zone.day(of: since).rawValue <= active.zone.day(of: time).rawValue - Int32(days)
            {
                continue
            }
            counts[kind, default: 0] += 1
        }
        return counts
    }

    /// More of a kind than allowed, and more than a customer of several aliases has by itself already.
    private func isTooMany(
        _ a: [String: Int], _ b: [String: Int], loneFirst: Bool = false, loneSecond: Bool, _ policy: IdentityPolicy
    ) -> Bool {
        policy.kinds.contains { kind in
            guard let limit = kind.limit, a[kind.name] != nil || b[kind.name] != nil else { return false }
            let total = (a[kind.name] ?? 0) + (b[kind.name] ?? 0)
            return total > limit && total > max(loneFirst ? 0 : a[kind.name] ?? 0, loneSecond ? 0 : b[kind.name] ?? 0)
        }
    }
}
