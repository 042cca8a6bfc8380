import Projections
import Touchpoints

extension Loyalty {
    /// `loyalty/ledger`: every booking of one customer, with the balance, pending and owed points after it.
    ///
    /// `kind` says what moved, `rule` why: points that an event took and nothing covered are a row `owed` with its rule.
    /// Of steps that were another customer's, too, only what moved the customer's own strands is shown: so the figures end
    /// with those of the answer, whoever has joined or left. Last comes what the answer itself settles after a merge.
    static let ledger = Part<Loyalty>(
        "ledger",
        columns: [
            .time("time"), .integer("position"), .text("kind"), .integer("points", unit: "points"),
            .integer("balance", unit: "points"), .integer("pending", unit: "points"),
            .integer("owed", unit: "points"), .integer("lot"), .text("order"), .time("expires"), .text("rule"),
        ],
        options: [.customer(required: true)], reach: .customer
    ) { view, query, emit in
        guard let customer = query.customer, let state = try view.state(of: customer) else { return }
        let strands = Set(state.accounts.map(\.strand))
        var after = Figures()
        func show(_ bookings: [Booking], at position: Position?) throws {
            for booking in bookings where strands.contains(booking.strand) {
                after.balance += booking.balance
                after.pending += booking.pending
                after.owed += booking.owed
                try emit(view.row(of: booking, at: position, after: after))
            }
        }
        try view.forEachStep(of: customer) { step in
            try show(step.details.map { $0 as! Booking }, at: step.event)
        }
        var journal = Journal(keepingBookings: true)
        journal.time = view.clock
        var settled = state
        try settled.settle(&journal)
        try show(journal.bookings, at: nil)
        let answer = try LoyaltyAnswer(state, of: try view.name(of: customer)).figures
        guard (after.balance, after.pending, after.owed) == (answer.balance, answer.pending, answer.owed) else {
            throw LedgerError.doesNotFoot(customer: try view.name(of: customer))
        }
    }
}

extension ViewReader where P == Loyalty {
    fileprivate func row(of booking: Booking, at position: Position?, after: Figures) throws -> Row {
        var order: String?
        if let lot = booking.lot { try withEvent(at: lot.position) { order = $0.attribute(.orderid) } }
        let expires = booking.lot.flatMap { $0.expires == .distantFuture ? nil : $0.expires }
        return [
            .time(booking.time), position.map { .integer(Int64($0.rawValue)) } ?? .null, .text(booking.kind.rawValue),
            .integer(booking.points), .integer(after.balance), .integer(after.pending), .integer(after.owed),
            booking.lot.map { .integer(Int64($0.position.rawValue)) } ?? .null, order.map { .text($0) } ?? .null,
            expires.map { .time($0) } ?? .null, .text("\(booking.rule.rule.name)"),
        ]
    }
}
