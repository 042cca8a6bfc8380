public import Touchpoints

/// Customers that become one, and that part: lists are joined and parted, nothing is moved or settled (rules 23 to 25).
extension Pool {
    /// O(entries).
    public mutating func join(_ other: Pool) {
        accounts.join(other.accounts) { $0.strand < $1.strand }
        lots.join(other.lots) { $0.isSpentBefore($1) }
        pending.join(other.pending) { $0.isReadyBefore($1) }
        debts.join(other.debts) { $0.isBefore($1) }
        orders.join(other.orders) { $0.position < $1.position }
        orderIndex.rebuild(for: orders)
        refunds.join(other.refunds) { $0.position < $1.position }
        applied.join(other.applied) { $0.isBefore($1) }
        takings.join(other.takings) { $0.isBefore($1) }
        memberships.join(other.memberships) { $0.position < $1.position }
    }

    /// O(entries log strands). Refunds that were applied stay with their order.
    public mutating func part(_ leaving: [StrandNumber]) -> Pool {
        let leaving = Set(leaving)
        var parted = Pool()
        parted.accounts = accounts.part { leaving.contains($0.strand) }
        parted.lots = lots.part { leaving.contains($0.strand) }
        parted.pending = pending.part { leaving.contains($0.lot.strand) }
        parted.debts = debts.part { leaving.contains($0.strand) }
        parted.orders = orders.part { leaving.contains($0.strand) }
        orderIndex.rebuild(for: orders)
        parted.orderIndex.rebuild(for: parted.orders)
        parted.refunds = refunds.part { leaving.contains($0.strand) }
        parted.applied = applied.part { parted.record(at: $0.record) != nil }
        parted.takings = takings.part { leaving.contains($0.strand) }
        parted.memberships = memberships.part { leaving.contains($0.strand) }
        return parted
    }
}

extension Array {
    /// Takes the elements of another list in; both are in order, and no two elements are equal in it.
    fileprivate mutating func join(_ other: [Element], _ isBefore: (Element, Element) -> Bool) {
        guard !other.isEmpty else { return }
        let own = self
        removeAll(keepingCapacity: true)
        reserveCapacity(own.count + other.count)
        var (first, second) = (own[...], other[...])
        while let a = first.first, let b = second.first {
            append(isBefore(b, a) ? second.removeFirst() : first.removeFirst())
        }
        append(contentsOf: first)
        append(contentsOf: second)
    }

    /// Takes elements out, and returns them in their order.
    fileprivate mutating func part(_ leaves: (Element) -> Bool) -> [Element] {
        let leaving = filter(leaves)
        if !leaving.isEmpty { removeAll(where: leaves) }
        return leaving
    }
}
