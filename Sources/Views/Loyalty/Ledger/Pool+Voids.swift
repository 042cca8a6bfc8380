import Touchpoints

/// What a void books (rule 35): the reverse of what the event has booked and the pool still holds the accounts of.
///
/// Points go back to the lots that they were taken from; those of a lot that has expired in the meantime expire at once.
/// What was booked on a strand that has left since stays as it is (rule 25).
extension Pool {
    /// Of an order that earned, or of an adjustment that gave points: these are taken back as a cancellation does, and the
    /// record goes. Refunds of the order wait again, for another one with its id, on the strand of the order: what they were
    /// said on may have left.
    mutating func revoke(_ index: Int, by void: Position, _ journal: inout Journal) throws(LedgerError) {
        let record = orders[index]
        try takeBack(
            record.points - record.reversed, ofRecord: index, as: record.isOrder ? .reversed : .adjusted, at: void,
            for: void, because: .eventVoided, &journal)
        orders.remove(at: index)
        orderIndex.rebuild(for: orders)
        for entry in applied where entry.record == record.position {
            var refund = entry.refund
            refund.strand = record.strand
            refunds.insert(refund, at: refunds.insertionIndex { $0.position < refund.position })
        }
        applied.removeAll { $0.record == record.position }
        takings.removeAll { $0.cause == record.position }
    }

    /// Of a refund or cancellation: one that waits is dropped; of one that was applied comes back what the others of the
    /// order would not have taken, what was taken last first: what is owed, from other lots, what expired, the own lot.
    mutating func withdraw(
        refundAt position: Position, by void: Position, _ journal: inout Journal
    ) throws(LedgerError) {
        refunds.removeAll { $0.position == position }
        guard let entry = applied.firstIndex(where: { $0.refund.position == position }),
            case let record = applied.remove(at: entry).record, let index = self.record(at: record)
        else { return }
        orders[index].refunded = 0
        orders[index].isVoid = false
        for entry in applied where entry.record == record { orders[index].count(entry.refund) }
        var rest = max(0, orders[index].reversed - orders[index].reversalTarget)
        orders[index].reversed -= rest
        rest -= try giveBack(rest, takenFor: record, by: void, &journal)
        rest -= try giveBackExpired(min(rest, orders[index].takenFromExpired), ofRecord: index, &journal)
        rest -= try giveBackOwn(min(rest, orders[index].takenFromLot), ofRecord: index, &journal)
        orders[index].reversed += rest
    }

    /// Of a word on membership: as if it had not been said.
    mutating func forget(membershipAt position: Position) { memberships.removeAll { $0.position == position } }

    /// Gives back up to `points` of what was taken under a cause: debts that are not paid first, the last one first, then
    /// to the lots, the last to expire first. Says how many.
    ///
    /// What a strand that has left has paid comes back to the strand whose debt it was, in a lot of the void's own.
    @discardableResult
    mutating func giveBack(
        _ points: Int64, takenFor cause: Position, by void: Position, _ journal: inout Journal
    ) throws(LedgerError) -> Int64 {
        var rest = points
        for index in debts.indices.reversed() where debts[index].cause == cause && rest > 0 {
            let debt = debts[index]
            let given = min(rest, debt.points)
            rest -= given
            try book(-debt.use.sign * given, as: debt.use.counter, on: debt.strand)
            journal.book(.init(.owed, -given, of: debt.strand, owed: -given, because: .eventVoided))
            if given == debt.points { debts.remove(at: index) } else { debts[index].points -= given }
        }
        var index = takings.insertionIndex { $0.cause <= cause } - 1
        while index >= 0, takings[index].cause == cause, rest > 0 {
            let taking = takings[index]
            let given = min(rest, taking.lot.points)
            rest -= given
            if given == taking.lot.points { takings.remove(at: index) } else { takings[index].lot.points -= given }
            try giveBack(given, of: taking, by: void, &journal)
            index -= 1
        }
        return points - rest
    }

    private mutating func giveBack(
        _ points: Int64, of taking: Taking, by void: Position, _ journal: inout Journal
    ) throws(LedgerError) {
        let use = taking.use
        try book(-use.sign * points, as: use.counter, on: taking.strand)
        var lot = taking.lot
        lot.points = points
        if lot.strand != taking.strand {
            if accounts.contains(where: { $0.strand == lot.strand }) {
                try book(-points, as: .moved, on: taking.strand)
                try book(points, as: .moved, on: lot.strand)
            } else {
                lot.strand = taking.strand
                lot.position = void
            }
        }
        journal.book(.init(use.kind, -use.sign * points, lot: lot, balance: points, because: .eventVoided))
        try add(lot, &journal)
    }

    /// Points that had expired are expired again.
    private mutating func giveBackExpired(
        _ points: Int64, ofRecord index: Int, _ journal: inout Journal
    ) throws(LedgerError) -> Int64 {
        guard points > 0 else { return 0 }
        let strand = orders[index].strand
        orders[index].takenFromExpired -= points
        orders[index].expired += points
        try book(points, as: .expired, on: strand)
        try book(-points, as: .reversed, on: strand)
        journal.book(.init(.reversed, -points, of: strand, because: .eventVoided))
        journal.book(.init(.expired, points, of: strand, because: .eventVoided))
        return points
    }

    private mutating func giveBackOwn(
        _ points: Int64, ofRecord index: Int, _ journal: inout Journal
    ) throws(LedgerError) -> Int64 {
        guard points > 0 else { return 0 }
        let record = orders[index]
        orders[index].takenFromLot -= points
        try book(-points, as: .reversed, on: record.strand)
        let lot = Lot(expires: record.expires, position: record.position, points: points, strand: record.strand)
        let ready = min(record.ready, record.expires)
        if ready > journal.time {
            journal.book(.init(.reversed, -points, lot: lot, pending: points, because: .eventVoided))
            hold(lot, until: ready)
        } else {
            journal.book(.init(.reversed, -points, lot: lot, balance: points, because: .eventVoided))
            try add(lot, &journal)
        }
        return points
    }
}
