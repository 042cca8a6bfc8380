import Touchpoints

/// Grants, releases, expiry and consumption.
extension Pool {
    /// Books what is due by `time`: at each due instant lots expire, then pending points are released, then debts paid.
    /// What a merge has left unsettled is settled first, as every answer before that instant has shown it.
    mutating func advance(to time: Timestamp, _ journal: inout Journal) throws(LedgerError) {
        while let due = nextDue, due <= time {
            journal.time = due
            try settle(&journal)
            try expire(by: due, &journal)
            try release(by: due, &journal)
            try settle(&journal)
        }
    }

    /// Takes a lot in: pending, to be spent, or expired already, by the time of the step. Without points it is nothing.
    mutating func grant(
        _ lot: Lot, pendingUntil ready: Timestamp, as kind: Booking.Kind, because rule: LedgerRule,
        _ journal: inout Journal
    ) throws(LedgerError) {
        guard lot.points > 0 else {
            return journal.book(.init(kind, 0, lot: lot, because: rule))
        }
        if min(ready, lot.expires) > journal.time {
            journal.book(.init(kind, lot.points, lot: lot, pending: lot.points, because: rule))
            hold(lot, until: min(ready, lot.expires))
        } else {
            journal.book(.init(kind, lot.points, lot: lot, balance: lot.points, because: rule))
            try add(lot, &journal)
        }
    }

    /// Releases what is ready.
    mutating func release(by time: Timestamp, _ journal: inout Journal) throws(LedgerError) {
        let count = pending.firstIndex { $0.ready > time } ?? pending.count
        guard count > 0 else { return }
        let released = pending[..<count].map(\.lot)
        pending.removeSubrange(..<count)
        for lot in released {
            journal.book(
                .init(
                    .released, lot.points, lot: lot, balance: lot.points, pending: -lot.points, because: .pointsReleased
                ))
            try add(lot, &journal)
        }
    }

    /// Takes the expired lots out.
    mutating func expire(by time: Timestamp, _ journal: inout Journal) throws(LedgerError) {
        let count = lots.firstIndex { $0.expires > time } ?? lots.count
        guard count > 0 else { return }
        for index in 0..<count { try bookExpiry(of: lots[index], &journal) }
        lots.removeSubrange(..<count)
    }

    /// Takes points out of the balance, first-expiring-first; what is not covered is owed (rule 26).
    ///
    /// Booked is on the strands whose lots they were, what is owed on `debtor`.
    ///
    /// - Parameter cause: under which they can be given back.
    mutating func consume(
        _ points: Int64, as use: Use, debtor: StrandNumber, at position: Position, for cause: Position,
        because rule: LedgerRule, _ journal: inout Journal
    ) throws(LedgerError) {
        var rest = points
        var spent = 0
        while rest > 0, spent < lots.count {
            let lot = lots[spent]
            let taken = min(rest, lot.points)
            rest -= taken
            try book(use.sign * taken, as: use.counter, on: lot.strand)
            journal.book(.init(use.kind, use.sign * taken, lot: lot, balance: -taken, because: rule))
            note(Taking(cause: cause, use: use, strand: lot.strand, lot: lot), of: taken)
            if taken == lot.points { spent += 1 } else { lots[spent].points -= taken }
        }
        lots.removeSubrange(..<spent)
        try book(use.sign * rest, as: use.counter, on: debtor)
        guard rest > 0 else { return }
        journal.book(.init(.owed, rest, of: debtor, owed: rest, because: rule))
        let debt = Debt(position: position, points: rest, strand: debtor, cause: cause, use: use)
        debts.insert(debt, at: debts.insertionIndex { $0.isBefore(debt) })
    }

    /// The same for an event that takes points.
    mutating func consume(
        _ points: Int64, as use: Use, for event: borrowing EventView, _ journal: inout Journal
    ) throws(LedgerError) {
        try consume(
            points, as: use, debtor: event.strand, at: event.position, for: event.position, because: use.rule, &journal)
    }

    /// Adds a lot to the balance, or books its expiry where it has expired by the time of the step.
    ///
    /// Points that come back to a lot of which some are left are added to it.
    mutating func add(_ lot: Lot, _ journal: inout Journal) throws(LedgerError) {
        guard lot.expires > journal.time else { return try bookExpiry(of: lot, &journal) }
        let index = lots.insertionIndex { $0.isSpentBefore(lot) }
        if index < lots.count, lots[index].expires == lot.expires, lots[index].position == lot.position {
            lots[index].points += lot.points
        } else {
            lots.insert(lot, at: index)
        }
    }

    /// The same for points that are not ready yet.
    mutating func hold(_ lot: Lot, until ready: Timestamp) {
        let entry = PendingLot(ready: ready, lot: lot)
        let index = pending.insertionIndex { $0.isReadyBefore(entry) }
        if index < pending.count, pending[index].ready == ready, pending[index].lot.position == lot.position {
            pending[index].lot.points += lot.points
        } else {
            pending.insert(entry, at: index)
        }
    }

    /// Remembers what was taken from a lot.
    mutating func note(_ taking: Taking, of points: Int64) {
        var taking = taking
        taking.lot.points = points
        let index = takings.insertionIndex { $0.isBefore(taking) }
        if index < takings.count, !taking.isBefore(takings[index]) {
            takings[index].lot.points += points
        } else {
            takings.insert(taking, at: index)
        }
    }

    private mutating func bookExpiry(of lot: Lot, _ journal: inout Journal) throws(LedgerError) {
        try book(lot.points, as: .expired, on: lot.strand)
        if let record = record(at: lot.position) { orders[record].expired += lot.points }
        journal.book(.init(.expired, lot.points, lot: lot, balance: -lot.points, because: .lotExpired))
    }
}
