import Touchpoints

/// Decides whether customers become one, move an alias or part: what the writer does, without the writer.
///
/// It knows what the decisions so far have made of the strands, and the kinds of those that it is asked about. It decides
/// under the rules that it is given, and changes only by ``apply(_:)``: rebuilt from the decisions of the log, it is
/// as it was.
struct IdentityJudge: Sendable {
    private(set) var identity = Identity()
    private var apart = Separations()
    /// By strand: where it came from standing alone into its customer; of one that stands alone, nothing that counts.
    private var joinedAt: [Position] = []
    /// By strand: its kind; none while it is not known here.
    private var kinds: [KindNumber] = []

    /// What becomes of an identification.
    enum Ruling: Hashable, Sendable {
        case alreadyOne
        case joined
        /// The subject's alias gets a new strand, which joins the other's customer.
        case subjectMoves
        /// The other alias gets a new strand, which joins the subject's customer.
        case otherMoves
        case keptApart
        case overLimit
    }

    init() {}

    /// The judge that has seen these decisions. O(decisions).
    init(_ decisions: some Sequence<Decision>) { for decision in decisions { apply(decision) } }

    /// Takes a decision over. O(strands of the customers that it is about).
    mutating func apply(_ decision: Decision) {
        switch decision.act {
        case .join(let a, let b, _): join(a, b, at: decision.position)
        case .merge(let a, let b):
            if !apart.isEmpty { apart.lift(between: strands(with: a), and: strands(with: b)) }
            join(a, b, at: decision.position)
        case .split(let leaving):
            guard let first = leaving.first else { return }
            apart.add(leaving, Set(strands(with: first)).subtracting(leaving).sorted())
        case .void: return
        }
        identity.apply(decision)
    }

    private mutating func join(_ a: StrandNumber, _ b: StrandNumber, at position: Position) {
        for strand in [a, b] where identity.isAlone(strand) {
            while joinedAt.count <= Int(strand.rawValue) { joinedAt.append(.start) }
            joinedAt[Int(strand.rawValue)] = position
        }
    }
}

/// Kinds.
extension IdentityJudge {
    /// The strands of the customers of two strands whose kinds must be told before it can judge. O(their strands).
    func strandsOfUnknownKind(_ a: StrandNumber, _ b: StrandNumber) -> [StrandNumber] {
        (strands(with: a) + strands(with: b)).filter { kind(of: $0).isNone }
    }

    mutating func note(_ kind: KindNumber, of strand: StrandNumber) {
        while kinds.count <= Int(strand.rawValue) { kinds.append(.none) }
        kinds[Int(strand.rawValue)] = kind
    }

    private func kind(of strand: StrandNumber) -> KindNumber {
        Int(strand.rawValue) < kinds.count ? kinds[Int(strand.rawValue)] : .none
    }
}

/// Judging.
extension IdentityJudge {
    /// What becomes of `customer.identified` of two strands, each the newest of its alias (rules 19 and 20). O(strands of
    /// the two customers).
    ///
    /// - Parameter since: the first position that was recorded on one of the last so many days.
    func identify<E: Error>(
        _ subject: StrandNumber, _ other: StrandNumber, under rules: IdentityRules,
        since: (_ days: Int) throws(E) -> Position
    ) throws(E) -> Ruling {
        if identity.customer(of: subject) == identity.customer(of: other) { return .alreadyOne }
        let ruling = wanted(subject, other, under: rules)
        switch ruling {
        case .subjectMoves:
            let moving = Side(total: [kind(of: subject): 1], isAlone: true)
            return try isOverLimit(moving, side(of: other, rules, since), rules) ? .overLimit : ruling
        case .otherMoves:
            let moving = Side(total: [kind(of: other): 1], isAlone: true)
            return try isOverLimit(moving, side(of: subject, rules, since), rules) ? .overLimit : ruling
        default:
            if !apart.isEmpty, apart.isApart(strands(with: subject), strands(with: other)) { return .keptApart }
            let (a, b) = (try side(of: subject, rules, since), try side(of: other, rules, since))
            return isOverLimit(a, b, rules) ? .overLimit : ruling
        }
    }

    /// What `customer.merged` of two strands makes: `merged`, or `alreadyOne`. O(1).
    func merge(_ a: StrandNumber, _ b: StrandNumber) -> IdentityDecision {
        identity.customer(of: a) == identity.customer(of: b) ? .alreadyOne : .merged
    }

    /// The strands that `customer.split` takes out of a strand's customer, ascending; none when nothing would be parted.
    /// O(strands of the customer).
    func split(_ named: [StrandNumber], from subject: StrandNumber) -> [StrandNumber] {
        let customer = identity.customer(of: subject)
        let leaving = Set(named.filter { identity.customer(of: $0) == customer }).sorted()
        return leaving.count == strands(with: subject).count ? [] : leaving
    }

    /// What is to be done if neither splits nor limits are against it.
    private func wanted(_ subject: StrandNumber, _ other: StrandNumber, under rules: IdentityRules) -> Ruling {
        switch (rules[kind(of: subject)].scope, rules[kind(of: other)].scope) {
        case (.exclusive, .exclusive): .joined
        case (.shared, .exclusive): isFree(subject, rules) ? .joined : .subjectMoves
        case (.exclusive, .shared): isFree(other, rules) ? .joined : .otherMoves
        case (.shared, .shared): identity.isAlone(subject) || identity.isAlone(other) ? .joined : .otherMoves
        }
    }

    /// Whether a shared alias belongs to nobody who is known by an exclusive one: its past can follow it.
    private func isFree(_ strand: StrandNumber, _ rules: IdentityRules) -> Bool {
        identity.isAlone(strand)
            || !strands(with: strand).contains { rules[kind(of: $0)].scope == .exclusive && !identity.isFormer($0) }
    }

    private func strands(with strand: StrandNumber) -> [StrandNumber] {
        identity.unorderedStrands(of: identity.customer(of: strand))
    }
}

/// Limits.
extension IdentityJudge {
    /// One side of a union: its aliases that count, by kind.
    private struct Side {
        var total: [KindNumber: Int] = [:]
        /// One that stands alone holds nothing yet.
        var isAlone: Bool

        func held(_ kind: KindNumber) -> Int { isAlone ? 0 : total[kind] ?? 0 }
    }

    /// What the customer of a strand brings of the kinds that are limited: aliases that are its own now, and that joined
    /// it within the period.
    private func side<E: Error>(
        of strand: StrandNumber, _ rules: IdentityRules, _ since: (Int) throws(E) -> Position
    ) throws(E) -> Side {
        let isAlone = identity.isAlone(strand)
        var side = Side(isAlone: isAlone)
        guard rules.hasLimits else { return side }
        for strand in strands(with: strand) where !identity.isFormer(strand) {
            let rule = rules[kind(of: strand)]
            guard rule.limit != nil else { continue }
            if !isAlone, let days = rule.perDays, joinedAt[Int(strand.rawValue)] < (try since(days)) { continue }
            side.total[kind(of: strand), default: 0] += 1
        }
        return side
    }

    /// Whether the two together would hold more than a limit allows, and more than either has by itself: what is too much
    /// already stands in nobody's way.
    private func isOverLimit(_ a: Side, _ b: Side, _ rules: IdentityRules) -> Bool {
        Set(a.total.keys).union(b.total.keys).contains { kind in
            guard let limit = rules[kind].limit else { return false }
            let total = (a.total[kind] ?? 0) + (b.total[kind] ?? 0)
            return total > limit && total > max(a.held(kind), b.held(kind))
        }
    }
}
