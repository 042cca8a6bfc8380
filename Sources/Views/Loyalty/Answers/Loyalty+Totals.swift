import Projections
import Touchpoints

extension Loyalty {
    /// `loyalty/totals`: one row.
    static let totals = Part<Loyalty>(
        "totals", columns: [.integer("members")] + Figures.names.map { .integer($0, unit: "points") }, key: []
    ) { view, _, emit in
        try emit(
            ([Totals.members] + Totals.figures).map { table in
                .sum(view.total(Cell(table)))
            })
    }

    /// `loyalty/tiers`: members and their balance by tier, lowest first, at the clock.
    static let tiers = Part<Loyalty>(
        "tiers", columns: [.text("tier"), .integer("members"), .integer("points", unit: "points")],
        key: ["tier"]
    ) { view, query, emit in
        let scale = TierScale(view.policy.loyalty.tiers)
        var members = [Int64](repeating: 0, count: scale.tiers.levels.count)
        var points = [Int128](repeating: 0, count: scale.tiers.levels.count)
        try view.forEachMember(query) { _, answer in
            let level = scale.level(of: answer.pool, on: view.today)
            members[level] += 1
            points[level] += Int128(answer.figures.balance)
        }
        for (index, level) in scale.tiers.levels.enumerated() {
            try emit([.text(level.name), .integer(members[index]), .sum(points[index])])
        }
    }

    /// `loyalty/expiring`: the points of the balance by the month in which they expire, those that never do last.
    static let expiring = Part<Loyalty>(
        "expiring", columns: [.text("month"), .integer("points", unit: "points")], key: ["month"]
    ) { view, query, emit in
        var months: [Int: Int128] = [:]
        try view.forEachMember(query) { _, answer in
            for lot in answer.pool.lots {
                let day = lot.expires == .distantFuture ? nil : view.zone.day(of: lot.expires)
                months[day.map { $0.year * 12 + $0.month - 1 } ?? .max, default: 0] += Int128(lot.points)
            }
        }
        for (month, points) in months.sorted(by: { $0.key < $1.key }) {
            // The text of a day without the day of the month.
            let day = CivilDay(year: month / 12, month: month % 12 + 1, day: 1)
            let name = month == .max ? "never" : String("\(day!)".dropLast(3))
            try emit([.text(name), .sum(points)])
        }
    }
}

extension Value {
    /// A whole number; as a decimal without digits behind the point where it exceeds 64 bits.
    fileprivate static func sum(_ sum: Int128) -> Value {
        Int64(exactly: sum).map { .integer($0) } ?? .decimal(units: sum, scale: 0)
    }
}
