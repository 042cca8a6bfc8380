import Projections
import Touchpoints

/// What each event books.
extension Loyalty {
    /// Whether events of a type book anything; most do not.
    func books(_ type: EventType) -> Bool {
        switch type {
        case policy.earning.on, .orderRefunded, .orderCancelled, .pointsRedeemed, .pointsReversed, .pointsAdjusted,
            .memberEnrolled, .memberLeft:
            true
        default: false
        }
    }

    /// Books one event into the pool: first what is due by then and what a merge has left unsettled, then the event, then
    /// the settlement.
    func post(_ event: borrowing EventView, to pool: inout Pool, _ journal: inout Journal) throws(LedgerError) {
        journal.time = event.recorded
        guard books(event.type) else { return }
        try begin(at: event.recorded, &pool, &journal)
        switch event.type {
        case policy.earning.on: try earn(event, in: &pool, &journal)
        case .orderRefunded, .orderCancelled: pool.await(WaitingRefund(event), &journal)
        case .pointsRedeemed: try pool.consume(try count(event), as: .redeemed, for: event, &journal)
        case .pointsReversed: try pool.consume(try count(event), as: .reversed, for: event, &journal)
        case .pointsAdjusted: try adjust(event, in: &pool, &journal)
        default:
            let isEnrolment = event.type == .memberEnrolled
            pool.enter(
                Membership(position: event.position, strand: event.strand, isEnrolment: isEnrolment), &journal)
        }
        try end(&pool, &journal)
    }

    /// Books the reverse of what an event has booked (rule 35).
    func takeBack(
        _ event: borrowing EventView, voidedBy void: borrowing EventView, in pool: inout Pool, _ journal: inout Journal
    ) throws(LedgerError) {
        try begin(at: void.recorded, &pool, &journal)
        journal.note(.eventVoided)
        let (target, position) = (event.position, void.position)
        if let index = pool.record(at: target) {
            try pool.revoke(index, by: position, &journal)
        } else if event.type == .orderRefunded || event.type == .orderCancelled {
            try pool.withdraw(refundAt: target, by: position, &journal)
        } else {
            pool.forget(membershipAt: target)
            try pool.giveBack(.max, takenFor: target, by: position, &journal)
        }
        try end(&pool, &journal)
    }

    private func begin(at time: Timestamp, _ pool: inout Pool, _ journal: inout Journal) throws(LedgerError) {
        try pool.advance(to: time, &journal)
        journal.time = time
        try pool.settle(&journal)
    }

    private func end(_ pool: inout Pool, _ journal: inout Journal) throws(LedgerError) {
        try pool.settle(&journal)
        if !pool.refunds.isEmpty { journal.note(.refundWaits) }
        _ = try Figures(of: pool)
    }

    /// An order earns once, with its first earning event; a second one with its order id is the same order.
    private func earn(
        _ event: borrowing EventView, in pool: inout Pool, _ journal: inout Journal
    ) throws(LedgerError) {
        guard event.order == 0 || pool.record(ofOrder: event.order) == nil else { return journal.note(.orderKnown) }
        let total = event.money ?? Money(minorUnits: 0, currency: Currency(packed: 0))
        let isEligible = !policy.isMemberOnly || pool.isEnrolled
        var points: Int64 = 0
        if isEligible {
            guard let earned = policy.earning.points(for: total) else { throw .overflow("the points of an order") }
            points = max(0, earned)
        }
        let (ready, expires) = (ready(from: event.time), expiry(from: event.time))
        pool.remember(
            OrderRecord(
                position: event.position, order: event.order, strand: event.strand, day: zone.day(of: event.time),
                points: points, amount: max(0, total.minorUnits), currency: total.currency, ready: ready,
                expires: expires))
        guard isEligible else { return journal.note(.notAMember) }
        try pool.book(points, as: .earned, on: event.strand)
        try pool.grant(
            lot(of: points, from: event, expires: expires), pendingUntil: ready, as: .earned, because: .orderEarned,
            &journal)
    }

    /// Points given are a lot that can be spent at once, those taken are consumed.
    private func adjust(
        _ event: borrowing EventView, in pool: inout Pool, _ journal: inout Journal
    ) throws(LedgerError) {
        guard let points = event.points else { throw .missing("data.points") }
        guard points >= 0 else {
            guard points != .min else { throw .overflow("data.points") }
            return try pool.consume(-points, as: .adjusted, for: event, &journal)
        }
        var expires = expiry(from: event.time)
        if let text = event.data.text("expiresAt") {
            guard let time = try? Timestamp(rfc3339: text) else { throw .missing("a time in data.expiresAt") }
            expires = time
        }
        pool.remember(
            OrderRecord(
                position: event.position, isOrder: false, order: 0, strand: event.strand, day: zone.day(of: event.time),
                points: points, amount: 0, currency: Currency(packed: 0), ready: event.time, expires: expires))
        try pool.book(points, as: .adjusted, on: event.strand)
        try pool.grant(
            lot(of: points, from: event, expires: expires), pendingUntil: event.time, as: .adjusted,
            because: .pointsAdjusted, &journal)
    }

    private func count(_ event: borrowing EventView) throws(LedgerError) -> Int64 {
        guard let points = event.points else { throw .missing("data.points") }
        guard points >= 0 else { throw .negative("data.points") }
        return points
    }

    private func lot(of points: Int64, from event: borrowing EventView, expires: Timestamp) -> Lot {
        Lot(expires: expires, position: event.position, points: points, strand: event.strand)
    }

    /// "N days" ends when day D + N begins, D being the day of t.
    private func expiry(from time: Timestamp) -> Timestamp {
        policy.expiresAfterDays.map { zone.firstInstant(of: zone.day(of: time) + $0) } ?? .distantFuture
    }

    private func ready(from time: Timestamp) -> Timestamp {
        policy.pendingDays == 0 ? time : zone.firstInstant(of: zone.day(of: time) + policy.pendingDays)
    }
}
