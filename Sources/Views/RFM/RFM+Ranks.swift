import Policies
import Projections
import Touchpoints

extension RFM {
    /// `rfm/ranks`: where a customer stands in the population of each of its currencies, score by score.
    ///
    /// `rank` 1 is the best; equal values have equal ranks. `below` is the best of those with a lower score and `above` the
    /// worst of those with a higher one, with their values: how far it is to the next score. `tied`: only the order of names
    /// has decided, as NTILE does between equal values.
    static let ranks = Part<RFM>(
        "ranks",
        columns: [
            .text("customer"), .text("currency"), .text("score"), .integer("points"), .decimal("value"),
            .integer("rank"),
            .integer("population"), .text("below"), .decimal("below_value"), .text("above"), .decimal("above_value"),
            .flag("tied"),
        ], key: ["customer", "currency", "score"], options: [.customer(required: true), scores]
    ) { view, query, emit in
        for population in try populations(view, query, by: method(query, view.policy.rfm)) {
            guard let own = population.rows.first(where: { $0.customer == query.customer }) else { continue }
            for kind in Score.allCases {
                // Of those between whom a tie decides the names tell the better: as they were scored.
                let sorted = population.rows.sorted {
                    (kind.key($0), kind.points($0)) < (kind.key($1), kind.points($1))
                }
                let below = sorted.last { kind.points($0) < kind.points(own) }
                let above = sorted.first { kind.points($0) > kind.points(own) }
                func name(_ row: RFMPopulation.Row?) throws -> Value {
                    try row.map { .text(try view.name(of: $0.customer)) } ?? .null
                }
                func value(_ row: RFMPopulation.Row?) -> Value {
                    row.map { kind.value($0, population.currency) } ?? .null
                }
                try emit([
                    try name(own), .text(population.currency.code), .text(kind.rawValue),
                    .integer(Int64(kind.points(own))),
                    value(own), .integer(Int64(1 + sorted.count { kind.key($0) > kind.key(own) })),
                    .integer(Int64(sorted.count)), try name(below), value(below), try name(above), value(above),
                    .flag(kind.isTied(own)),
                ])
            }
        }
    }

    /// One of the three scores.
    private enum Score: String, CaseIterable {
        case r, f, m

        func key(_ row: RFMPopulation.Row) -> UInt64 {
            switch self {
            case .r: row.keys.recency
            case .f: row.keys.frequency
            case .m: row.keys.monetary
            }
        }

        func points(_ row: RFMPopulation.Row) -> UInt8 {
            switch self {
            case .r: row.recencyScore
            case .f: row.frequencyScore
            case .m: row.monetaryScore
            }
        }

        func isTied(_ row: RFMPopulation.Row) -> Bool {
            switch self {
            case .r: row.isRecencyTied
            case .f: row.isFrequencyTied
            case .m: row.isMonetaryTied
            }
        }

        func value(_ row: RFMPopulation.Row, _ currency: Currency) -> Value {
            switch self {
            case .r: .decimal(units: Int128(row.recencyDays), scale: 0)
            case .f: .decimal(units: Int128(row.frequency), scale: 0)
            case .m: .money(Money(minorUnits: row.amount, currency: currency))
            }
        }
    }
}
