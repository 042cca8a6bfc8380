import Projections
import Touchpoints

extension Loyalty {
    /// `loyalty/members`: one row for each customer with an entry in the ledger.
    static let members = Part<Loyalty>(
        "members",
        columns: [.text("customer")]
            + ["balance", "pending", "owed", "expiring"].map { .integer($0, unit: "points") } + [.text("tier")]
            + ["earned", "redeemed", "expired", "reversed", "adjusted", "moved"].map { .integer($0, unit: "points") },
        key: ["customer"], options: [.customer(required: false)], reach: .customer,
        goingBy: ["tier": ["loyalty.tiers"], "expiring": ["loyalty.expiringWithinDays"]]
    ) { view, query, emit in
        let policy = view.policy.loyalty
        let scale = TierScale(policy.tiers)
        // "Within N days" ends when day D + N begins: a lot that expires at that instant is among them.
        let soon = view.zone.firstInstant(of: view.today + policy.expiringWithinDays)
        try view.forEachMember(query) { customer, answer in
            let figures = answer.figures
            try emit([
                .text(try view.name(of: customer)), .integer(figures.balance), .integer(figures.pending),
                .integer(figures.owed), .integer(answer.expiring(by: soon)),
                .text(scale.tier(of: answer.pool, on: view.today).name), .integer(figures.earned),
                .integer(figures.redeemed), .integer(figures.expired), .integer(figures.reversed),
                .integer(figures.adjusted), .integer(figures.moved),
            ])
        }
    }

    /// `loyalty/lots`: the points that are there, by lot, in the order in which they are spent, then those pending.
    static let lots = Part<Loyalty>(
        "lots",
        columns: [
            .text("customer"), .integer("lot"), .text("status"), .integer("points", unit: "points"), .time("ready"),
            .time("expires"),
        ],
        key: ["lot", "status"], options: [.customer(required: true)], reach: .customer
    ) { view, query, emit in
        try view.forEachMember(query) { customer, answer in
            let name = try view.name(of: customer)
            func row(_ lot: Lot, _ status: String, ready: Value) -> Row {
                [
                    .text(name), .integer(Int64(lot.position.rawValue)), .text(status),
                    .integer(lot.points), ready, lot.expires == .distantFuture ? .null : .time(lot.expires),
                ]
            }
            for lot in answer.pool.lots { try emit(row(lot, "balance", ready: .null)) }
            for entry in answer.pool.pending { try emit(row(entry.lot, "pending", ready: .time(entry.ready))) }
        }
    }
}
