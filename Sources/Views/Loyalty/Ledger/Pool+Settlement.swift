import Touchpoints

/// The settlement of a pool, at each step and in each answer (rule 24).
extension Pool {
    /// The pool as an answer shows it: settled. A merge leaves the settling to the next step or answer.
    func settled() throws(LedgerError) -> Pool {
        var pool = self
        var journal = Journal()
        try pool.settle(&journal)
        return pool
    }

    /// Matches the refunds that wait, then pays debts with the points that are there, both by position.
    mutating func settle(_ journal: inout Journal) throws(LedgerError) {
        if !refunds.isEmpty, !orderIndex.isMatched { try matchRefunds(&journal) }
        while !debts.isEmpty, !lots.isEmpty { try payFirstDebt(&journal) }
    }

    /// Keeps a refund until its order is known. One without an order id can never be matched and is not kept.
    mutating func await(_ refund: WaitingRefund, _ journal: inout Journal) {
        guard refund.order != 0 else { return journal.note(.refundWithoutOrder) }
        refunds.append(refund)
        orderIndex.isMatched = false
    }

    private mutating func matchRefunds(_ journal: inout Journal) throws(LedgerError) {
        var waiting: [WaitingRefund] = []
        for refund in refunds {
            if let index = record(ofOrder: refund.order) {
                try apply(refund, toRecord: index, &journal)
            } else {
                waiting.append(refund)
            }
        }
        refunds = waiting
        orderIndex.isMatched = true
    }

    /// Takes back what the order's refunds in all are to take back and have not (rule 27).
    private mutating func apply(
        _ refund: WaitingRefund, toRecord index: Int, _ journal: inout Journal
    ) throws(LedgerError) {
        guard refund.isOfRest || refund.currency == orders[index].currency else {
            return journal.note(.refundInOtherCurrency)
        }
        let entry = AppliedRefund(record: orders[index].position, refund: refund)
        applied.insert(entry, at: applied.insertionIndex { $0.isBefore(entry) })
        orders[index].count(refund)
        // Less may be to be taken back than was, where a void could not give all back: some of it was of a strand that
        // has left.
        let points = max(0, orders[index].reversalTarget - orders[index].reversed)
        orders[index].reversed += points
        let rule: LedgerRule = refund.isOfRest ? .orderCancelled : .orderRefunded
        try takeBack(
            points, ofRecord: index, as: .reversed, at: refund.position, for: orders[index].position, because: rule,
            &journal)
    }

    /// From the record's own lot, then from what of it expired, then from other lots, then owed.
    mutating func takeBack(
        _ points: Int64, ofRecord index: Int, as use: Use, at position: Position, for cause: Position,
        because rule: LedgerRule, _ journal: inout Journal
    ) throws(LedgerError) {
        let record = orders[index]
        let own = try takeFromOwnLot(points, of: record, as: use, because: rule, &journal)
        orders[index].takenFromLot += own
        var rest = points - own
        let expired = min(rest, record.expired)
        if expired > 0 {
            rest -= expired
            orders[index].takenFromExpired += expired
            orders[index].expired -= expired
            try book(-expired, as: .expired, on: record.strand)
            try book(use.sign * expired, as: use.counter, on: record.strand)
            journal.book(.init(.expired, -expired, of: record.strand, because: rule))
            journal.book(.init(use.kind, use.sign * expired, of: record.strand, because: rule))
        }
        guard rest > 0 else { return journal.note(rule) }
        try consume(rest, as: use, debtor: record.strand, at: position, for: cause, because: rule, &journal)
    }

    /// Takes up to `points` from the lot that the order earned, pending or not, and says how many.
    private mutating func takeFromOwnLot(
        _ points: Int64, of order: OrderRecord, as use: Use, because rule: LedgerRule, _ journal: inout Journal
    ) throws(LedgerError) -> Int64 {
        guard points > 0 else { return 0 }
        var taken: Int64 = 0
        if let own = index(ofLot: order) {
            taken = min(points, lots[own].points)
            journal.book(.init(use.kind, use.sign * taken, lot: lots[own], balance: -taken, because: rule))
            lots[own].points -= taken
            if lots[own].points == 0 { lots.remove(at: own) }
        } else if let own = index(ofPendingLot: order) {
            taken = min(points, pending[own].lot.points)
            journal.book(.init(use.kind, use.sign * taken, lot: pending[own].lot, pending: -taken, because: rule))
            pending[own].lot.points -= taken
            if pending[own].lot.points == 0 { pending.remove(at: own) }
        }
        try book(use.sign * taken, as: use.counter, on: order.strand)
        return taken
    }

    /// Pays the first debt, or a part of it, with the lot that expires first.
    private mutating func payFirstDebt(_ journal: inout Journal) throws(LedgerError) {
        let (debt, lot) = (debts[0], lots[0])
        let paid = min(debt.points, lot.points)
        if lot.strand == debt.strand {
            journal.book(.init(.paid, paid, lot: lot, balance: -paid, owed: -paid, because: .debtPaid))
        } else {
            try book(-paid, as: .moved, on: lot.strand)
            try book(paid, as: .moved, on: debt.strand)
            journal.book(.init(.moved, -paid, lot: lot, balance: -paid, because: .debtPaid))
            journal.book(.init(.paid, paid, of: debt.strand, owed: -paid, because: .debtPaid))
        }
        note(Taking(cause: debt.cause, use: debt.use, strand: debt.strand, lot: lot), of: paid)
        if paid == lot.points { lots.removeFirst() } else { lots[0].points -= paid }
        if paid == debt.points { debts.removeFirst() } else { debts[0].points -= paid }
    }
}
