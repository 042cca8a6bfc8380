import Policies
public import Projections
import Touchpoints

extension RFM {
    public static let parts: [Part<RFM>] = [
        Part(
            "customers",
            columns: [
                .text("customer"), .integer("recency_days", unit: "days"), .integer("frequency", unit: "orders"),
                .integer("purchase_days", unit: "days"), .decimal("monetary"), .text("currency"), .integer("r"),
                .integer("f"), .integer("m"), .text("segment"),
            ], key: ["customer", "currency"], options: [.customer(required: false), scores],
            goingBy: [
                "recency_days": ["timeZone"], "purchase_days": ["timeZone"], "r": scorePaths, "f": scorePaths,
                "m": scorePaths, "segment": scorePaths + ["rfm.segments"],
            ], ranked: ranked, rows: customers),
        Part(
            "segments",
            columns: [
                .text("segment"), .text("currency"), .integer("customers"), .integer("population"), .number("share"),
                .integer("orders"), .decimal("monetary"), .number("mean_recency_days", unit: "days"),
                .number("mean_frequency", unit: "orders"), .number("mean_monetary"),
            ], key: ["segment", "currency"], options: [scores], rows: segments),
        Part(
            "grid",
            columns: [
                .integer("r"), .integer("f"), .integer("m"), .text("currency"), .integer("customers"),
                .decimal("monetary"), .text("segment"),
            ], key: ["r", "f", "m", "currency"], options: [scores], rows: grid),
        Part(
            "ties", columns: [.text("customer"), .text("currency"), .text("scores")], key: ["customer", "currency"],
            options: [.customer(required: false)], rows: ties),
        ranks,
        Part(
            "totals",
            columns: [.text("currency"), .integer("customers"), .integer("orders"), .decimal("monetary")],
            key: ["currency"], rows: totals),
    ]

    /// What of the policy the scores go by.
    private static let scorePaths = ["rfm.scores", "rfm.quantiles", "rfm.bands"]

    /// `policy`, the default, is the method that the policy names.
    static let scores = PartOption.choice("scores", of: ["policy"] + RFMPolicy.Method.allCases.map(\.rawValue))
}

/// Rows.
extension RFM {
    /// One row a customer and currency; by currency, then by customer number.
    private static func customers(_ view: ViewReader<RFM>, _ query: Query, _ emit: (Row) throws -> Void) throws {
        for population in try populations(view, query, by: method(query, view.policy.rfm)) {
            for row in population.rows where query.customer == nil || row.customer == query.customer {
                try emit(values(of: row, in: population.currency, view))
            }
        }
    }

    /// A row of `customers`.
    private static func values(
        of row: RFMPopulation.Row, in currency: Currency, _ view: ViewReader<RFM>
    ) throws -> Row {
        [
            try .text(view.name(of: row.customer)), .integer(Int64(row.recencyDays)), .integer(row.frequency),
            .integer(Int64(row.purchaseDays)), .money(Money(minorUnits: row.amount, currency: currency)),
            .text(currency.code), .integer(Int64(row.recencyScore)), .integer(Int64(row.frequencyScore)),
            .integer(Int64(row.monetaryScore)),
            row.segment(by: view.policy.rfm).map { .text(view.policy.rfm.segments[$0].name) } ?? .null,
        ]
    }

    /// Places one customer, whatever its orders are, among all others as they are. O(customers) once, then O(log customers).
    private static func ranked(_ view: ViewReader<RFM>, _ query: Query) throws -> Part<RFM>.Rows {
        let method = method(query, view.policy.rfm)
        let ladders = try unscored(view, query).map {
            try RFMLadder($0, method, by: view.policy.rfm, alias: view.alias)
        }
        return { view, query, emit in
            let today = view.zone.day(of: query.reference)
            try view.forEachCustomer(of: query) { customer, state in
                for tally in state.orders.tallies {
                    guard tally.lastDay != nil else { continue }
                    let ladder =
                        try ladders.first { $0.currency == tally.currency }
                        ?? RFMLadder(
                            RFMPopulation(currency: tally.currency), method, by: view.policy.rfm, alias: view.alias)
                    let row = ladder.place(
                        RFMPopulation.Row(tally, of: customer, on: today), alias: try view.alias(of: customer))
                    try emit(values(of: row, in: tally.currency, view))
                }
            }
        }
    }

    /// Every segment of the policy in its order, for each currency. `share` is `customers` / `population`.
    private static func segments(_ view: ViewReader<RFM>, _ query: Query, _ emit: (Row) throws -> Void) throws {
        let policy = view.policy.rfm
        for population in try populations(view, query, by: method(query, policy)) {
            var groups = [RFMGroup](repeating: RFMGroup(), count: policy.segments.count)
            for row in population.rows {
                if let segment = row.segment(by: policy) { groups[segment].add(row) }
            }
            for (segment, group) in zip(policy.segments, groups) {
                try emit([
                    .text(segment.name), .text(population.currency.code), .integer(group.customers),
                    .integer(Int64(population.rows.count)),
                    .number(Double(group.customers) / Double(population.rows.count)), .integer(group.orders),
                    group.amount(in: population.currency), group.mean(Double(group.recencyDays)),
                    group.mean(Double(group.orders)), group.meanAmount(in: population.currency),
                ])
            }
        }
    }

    /// How many customers have which scores; only those that somebody has, the worst first.
    private static func grid(_ view: ViewReader<RFM>, _ query: Query, _ emit: (Row) throws -> Void) throws {
        let policy = view.policy.rfm
        let width = policy.scoreCount + 1
        for population in try populations(view, query, by: method(query, policy)) {
            var groups = [RFMGroup](repeating: RFMGroup(), count: width * width * width)
            for row in population.rows {
                let index = (Int(row.recencyScore) * width + Int(row.frequencyScore)) * width + Int(row.monetaryScore)
                groups[index].add(row)
            }
            for (index, group) in groups.enumerated() where group.customers > 0 {
                let (r, f, m) = (index / width / width, index / width % width, index % width)
                let segment = policy.segmentIndex(recency: r, frequency: f, monetary: m)
                try emit([
                    .integer(Int64(r)), .integer(Int64(f)), .integer(Int64(m)), .text(population.currency.code),
                    .integer(group.customers), group.amount(in: population.currency),
                    segment.map { .text(policy.segments[$0].name) } ?? .null,
                ])
            }
        }
    }

    /// The customers of whom NTILE decided between equal values, with the scores (`r`, `f`, `m`) that it decided.
    private static func ties(_ view: ViewReader<RFM>, _ query: Query, _ emit: (Row) throws -> Void) throws {
        for population in try populations(view, query, by: .ntile) {
            for row in population.rows where query.customer == nil || row.customer == query.customer {
                let scores = [("r", row.isRecencyTied), ("f", row.isFrequencyTied), ("m", row.isMonetaryTied)]
                    .filter(\.1).map(\.0)
                guard !scores.isEmpty else { continue }
                try emit([
                    try .text(view.name(of: row.customer)), .text(population.currency.code),
                    .text(scores.joined(separator: ",")),
                ])
            }
        }
    }

    private static func totals(_ view: ViewReader<RFM>, _ query: Query, _ emit: (Row) throws -> Void) throws {
        for (cell, customers) in view.cells(in: Table.customers) {
            let currency = Currency(packed: UInt32(truncatingIfNeeded: cell.a))
            try emit([
                .text(currency.code), .integer(Int64(customers)),
                .integer(Int64(view.total(Cell(Table.orders, cell.a)))),
                .decimal(units: view.total(Cell(Table.amount, cell.a)), scale: currency.minorDigits),
            ])
        }
    }

    static func method(_ query: Query, _ policy: RFMPolicy) -> RFMPolicy.Method {
        query["scores"].flatMap(RFMPolicy.Method.init) ?? policy.method
    }

    /// The scored populations, ascending by currency. O(customers).
    static func populations(
        _ view: ViewReader<RFM>, _ query: Query, by method: RFMPolicy.Method
    ) throws -> [RFMPopulation] {
        var populations = try unscored(view, query)
        for index in populations.indices {
            try populations[index].score(method, by: view.policy.rfm, alias: view.alias)
        }
        return populations
    }

    /// The populations, ascending by currency. O(customers).
    private static func unscored(_ view: ViewReader<RFM>, _ query: Query) throws -> [RFMPopulation] {
        let today = view.zone.day(of: query.reference)
        var populations: [RFMPopulation] = []
        try view.forEachCustomer { customer, state in
            for tally in state.orders.tallies {
                let index = populations.firstIndex { $0.currency >= tally.currency } ?? populations.count
                if index == populations.count || populations[index].currency != tally.currency {
                    populations.insert(RFMPopulation(currency: tally.currency), at: index)
                }
                populations[index].add(tally, of: customer, on: today)
            }
        }
        return populations
    }
}
