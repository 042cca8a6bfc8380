/// Who is one customer, the slow way: a list of sets of strands, which decisions join and part (rules 17 to 20).
struct Partition {
    /// Sets that hold more than one strand, or did.
    private(set) var sets: [Set<UInt32>] = []

    /// As the records' decisions say.
    init(_ records: some Sequence<Record>) {
        for record in records { apply(record) }
    }

    /// The strands of the customer that holds this one.
    func customer(with strand: UInt32) -> Set<UInt32> { sets.first { $0.contains(strand) } ?? [strand] }

    /// A customer's number is its smallest strand's (rule 18).
    func number(of strand: UInt32) -> UInt32 { customer(with: strand).min()! }

    mutating func apply(_ record: Record) {
        switch record.decision {
        case .joined, .moved, .merged: join(record.strand, record.otherStrand)
        case .split: part(Set(record.leavingStrands))
        default: break
        }
    }

    private mutating func join(_ a: UInt32, _ b: UInt32) {
        let union = customer(with: a).union(customer(with: b))
        sets.removeAll { !$0.isDisjoint(with: union) }
        sets.append(union)
    }

    private mutating func part(_ leaving: Set<UInt32>) {
        guard let strand = leaving.first else { return }
        let whole = customer(with: strand)
        sets.removeAll { $0 == whole }
        sets += [whole.subtracting(leaving), leaving].filter { !$0.isEmpty }
    }
}
