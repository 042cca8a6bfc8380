import Policies
public import Projections
public import Touchpoints

/// The view `loyalty`: each customer's ledger of points, in lots that are earned, released, spent and expire.
///
/// A step happens when the log recorded it; the dates of lots count from the event's own time t, so that an order which
/// arrives after its own points would have expired earns and expires them in one step (rules 5, 23 to 29).
/// Points and dates are stored as the policy at the order's position granted them.
public struct Loyalty: Projector {
    public static let name = "loyalty"
    public static let version = 2
    public static let order = FoldOrder.recorded
    public static let forgets = false
    public static let hasEffects = true

    let policy: LoyaltyPolicy
    let zone: ZoneTable

    public init(_ active: ActivePolicy) {
        policy = active.policy.loyalty
        zone = active.zone
    }

    public func fold(_ pool: inout Pool, _ event: borrowing EventView, _ sink: inout Sink) throws {
        guard books(event.type) else { return }
        var journal = Journal(for: sink)
        try post(event, to: &pool, &journal)
        journal.explain(to: &sink)
        journal.tell(&sink)
    }

    public func nextWake(_ pool: Pool) -> Timestamp? { pool.nextDue }

    public func wake(_ pool: inout Pool, due: Timestamp, _ sink: inout Sink) throws {
        var journal = Journal(for: sink)
        try pool.advance(to: due, &journal)
        journal.explain(to: &sink)
        journal.tell(&sink)
    }

    public func reverse(
        _ pool: inout Pool, _ event: borrowing EventView, voidedBy void: borrowing EventView, _ sink: inout Sink
    ) throws {
        var journal = Journal(for: sink)
        try takeBack(event, voidedBy: void, in: &pool, &journal)
        journal.explain(to: &sink)
    }

    /// The figures as an answer shows them: settled, also where a merge has settled nothing yet.
    public func standing(_ pool: Pool, _ sink: inout Sink) {
        guard pool.isMember else { return }
        sink.add(to: Cell(Totals.members))
        let first = Totals.figures.lowerBound
        if pool.isSettled, let figures = try? Figures(of: pool) { return figures.add(to: &sink, from: first) }
        for figures in pool.figuresThatFit { figures.add(to: &sink, from: first) }
    }

    public static let parts: [Part<Loyalty>] = [members, ledger, totals, tiers, lots, expiring]
}

/// The tables of the totals.
extension Loyalty {
    enum Totals {
        static let members: UInt8 = 1
        /// One for each of ``Figures/names``.
        static let figures = 2...UInt8(1 + Figures.names.count)
    }
}
