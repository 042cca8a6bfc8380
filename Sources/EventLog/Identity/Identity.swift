public import Touchpoints

/// Which strands make which customer: the partition of the strands at one position of the log (rules 17 and 18).
///
/// A customer is numbered by its smallest strand, so that the order of joining cannot matter. A function of the
/// ``Decision``s up to the position alone. Memory: 4 bytes for each strand up to the greatest that ever joined another,
/// and about 50 for each of those.
public struct Identity: Sendable {
    /// By strand: the customer, 0 for the strand itself; shorter than the strands where the rest stand alone.
    @usableFromInline var customers: [UInt32] = []
    /// The strands of customers that hold more than one, in no particular order.
    private var members: [CustomerNumber: [StrandNumber]] = [:]
    /// Strands whose alias has moved on to another one.
    private var formerStrands: Set<StrandNumber> = []

    /// Each strand a customer of its own.
    public init() {}

    /// The customer to which a strand belongs. O(1).
    @inlinable public func customer(of strand: StrandNumber) -> CustomerNumber {
        let index = Int(strand.rawValue)
        guard index < customers.count, customers[index] != 0 else { return CustomerNumber(rawValue: strand.rawValue) }
        return CustomerNumber(rawValue: customers[index])
    }

    /// The strands of a customer, ascending; of a number that is no customer's now, none. O(n log n).
    public func strands(of customer: CustomerNumber) -> [StrandNumber] {
        if let several = members[customer] { return several.sorted() }
        let alone = StrandNumber(rawValue: customer.rawValue)
        return self.customer(of: alone) == customer ? [alone] : []
    }

    /// The strands of a customer, in no particular order. O(1).
    func unorderedStrands(of customer: CustomerNumber) -> [StrandNumber] {
        members[customer] ?? strands(of: customer)
    }

    /// Whether the strand is its customer's only one. O(1).
    public func isAlone(_ strand: StrandNumber) -> Bool { members[customer(of: strand)] == nil }

    /// Whether the strand's alias belongs to a newer strand now.
    public func isFormer(_ strand: StrandNumber) -> Bool { formerStrands.contains(strand) }
}

/// Changing.
extension Identity {
    /// Applies one decision. O(strands of the customers that it is about).
    public mutating func apply(_ decision: Decision) {
        switch decision.act {
        case .join(let a, let b, let former):
            if !former.isNone { formerStrands.insert(former) }
            join(a, b)
        case .merge(let a, let b): join(a, b)
        case .split(let leaving): split(leaving)
        case .void: break
        }
    }

    /// Applies decisions, and tells which customers hold other strands than before.
    public mutating func apply(_ decisions: some Sequence<Decision>) -> Regrouping {
        var before: [CustomerNumber: [StrandNumber]] = [:]
        var made: Set<CustomerNumber> = []
        for decision in decisions {
            let named: [StrandNumber] =
                switch decision.act {
                case .join(let a, let b, _), .merge(let a, let b): [a, b]
                case .split(let leaving): leaving
                case .void: []
                }
            let touched = Set(named.map { customer(of: $0) })
            for customer in touched where !made.contains(customer) && before[customer] == nil {
                before[customer] = strands(of: customer)
            }
            let strands = touched.flatMap { self.strands(of: $0) }
            apply(decision)
            for strand in strands {
                let customer = customer(of: strand)
                if before[customer] == nil { made.insert(customer) }
            }
        }
        return Regrouping(before: before, in: self)
    }

    private mutating func join(_ a: StrandNumber, _ b: StrandNumber) {
        let (first, second) = (customer(of: a), customer(of: b))
        guard first != second else { return }
        let (kept, gone) = first < second ? (first, second) : (second, first)
        let moving = strands(of: gone)
        for strand in moving { set(strand, kept) }
        members[kept, default: [StrandNumber(rawValue: kept.rawValue)]] += moving
        members[gone] = nil
    }

    private mutating func split(_ leaving: [StrandNumber]) {
        guard let first = leaving.first, case let customer = customer(of: first), let all = members[customer] else {
            return
        }
        let staying = Set(all).subtracting(leaving)
        members[customer] = nil
        for part in [staying.sorted(), leaving.sorted()] {
            guard let least = part.first else { continue }
            let number = CustomerNumber(rawValue: least.rawValue)
            for strand in part { set(strand, number) }
            if part.count > 1 { members[number] = part }
        }
    }

    private mutating func set(_ strand: StrandNumber, _ customer: CustomerNumber) {
        let index = Int(strand.rawValue)
        while customers.count <= index { customers.append(0) }
        customers[index] = customer.rawValue
    }
}

/// How customers changed between two positions, in what strands they hold.
public struct Regrouping: Sendable {
    /// The customers that were, and are no more or hold other strands now; their strands, ascending.
    public let before: [CustomerNumber: [StrandNumber]]
    /// The customers that they have become; together they hold the same strands, and those that are new since.
    public let after: [CustomerNumber: [StrandNumber]]

    fileprivate init(before: [CustomerNumber: [StrandNumber]], in identity: Identity) {
        var was: [CustomerNumber: [StrandNumber]] = [:]
        var become: [CustomerNumber: [StrandNumber]] = [:]
        for (customer, strands) in before where identity.strands(of: customer) != strands {
            was[customer] = strands
            for strand in strands {
                let now = identity.customer(of: strand)
                if become[now] == nil { become[now] = identity.strands(of: now) }
            }
        }
        // A customer that only took strands in is changed as well, and was looked at above; all others are as they were.
        self.before = was
        after = become
    }

    public var isEmpty: Bool { before.isEmpty }
}
