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
        if !refunds.isEmpty { try matchRefunds(&journal) }
        while !debts.isEmpty, !lots.isEmpty { try payFirstDebt(&journal) }
    }

    /// Keeps a refund until its order is known. One without an order id can never be matched and is not kept.
    mutating func await(_ refund: WaitingRefund, _ journal: inout Journal) {
        guard refund.order != 0 else { return journal.note(.refundWithoutOrder) }
        refunds.append(refund)
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
        if !waiting.isEmpty { journal.note(.refundWaits) }
    }

    /// Takes back what the order's refunds in all are to take back and have not (rule 27).
    private mutating func apply(
        _ refund: WaitingRefund, toRecord index: Int, _ journal: inout Journal
    ) throws(LedgerError) {
        var order = orders[index]
        if refund.isOfRest {
            order.refunded = order.amount
        } else {
            guard refund.currency == order.currency else { return journal.note(.refundInOtherCurrency) }
            order.refunded += min(refund.amount, order.amount - order.refunded)
        }
        if order.refunded == order.amount { order.isVoid = true }
        let points = order.reversalTarget - order.reversed
        order.reversed = order.reversalTarget
        orders[index] = order
        try reverse(points, ofRecord: index, for: refund, &journal)
    }

    /// From the order's own lot, then from what of it expired, then from other lots, then owed.
    private mutating func reverse(
        _ points: Int64, ofRecord index: Int, for refund: WaitingRefund, _ journal: inout Journal
    ) throws(LedgerError) {
        let rule: LedgerRule = refund.isOfRest ? .orderCancelled : .orderRefunded
        let order = orders[index]
        var rest = points
        rest -= try takeFromOwnLot(rest, of: order, because: rule, &journal)
        let expired = min(rest, order.expired)
        if expired > 0 {
            rest -= expired
            orders[index].expired -= expired
            try book(-expired, as: .expired, on: order.strand)
            try book(expired, as: .reversed, on: order.strand)
            journal.book(.init(.expired, -expired, lot: nil, because: rule))
            journal.book(.init(.reversed, expired, lot: nil, because: rule))
        }
        guard rest > 0 else { return journal.note(rule) }
        try consume(rest, as: .reversed, debtor: order.strand, at: refund.position, because: rule, &journal)
    }

    /// Takes up to `points` from the lot that the order earned, pending or not, and says how many.
    private mutating func takeFromOwnLot(
        _ points: Int64, of order: OrderRecord, because rule: LedgerRule, _ journal: inout Journal
    ) throws(LedgerError) -> Int64 {
        guard points > 0 else { return 0 }
        var taken: Int64 = 0
        if let own = lots.firstIndex(where: { $0.position == order.position }) {
            taken = min(points, lots[own].points)
            journal.book(.init(.reversed, taken, lot: lots[own], balance: -taken, because: rule))
            lots[own].points -= taken
            if lots[own].points == 0 { lots.remove(at: own) }
        } else if let own = pending.firstIndex(where: { $0.lot.position == order.position }) {
            taken = min(points, pending[own].lot.points)
            journal.book(.init(.reversed, taken, lot: pending[own].lot, pending: -taken, because: rule))
            pending[own].lot.points -= taken
            if pending[own].lot.points == 0 { pending.remove(at: own) }
        }
        try book(taken, as: .reversed, on: order.strand)
        return taken
    }

    /// Pays the first debt, or a part of it, with the lot that expires first.
    private mutating func payFirstDebt(_ journal: inout Journal) throws(LedgerError) {
        let (debt, lot) = (debts[0], lots[0])
        let paid = min(debt.points, lot.points)
        journal.book(.init(.paid, paid, lot: lot, balance: -paid, owed: -paid, because: .debtPaid))
        if lot.strand != debt.strand {
            try book(-paid, as: .moved, on: lot.strand)
            try book(paid, as: .moved, on: debt.strand)
        }
        if paid == lot.points { lots.removeFirst() } else { lots[0].points -= paid }
        if paid == debt.points { debts.removeFirst() } else { debts[0].points -= paid }
    }
}
