import Policies
import Projections
import Touchpoints

extension Part<Journey> {
    /// How many customers or sessions get through the steps of a funnel; read from the events. O(events x steps).
    ///
    /// With `--order any` row k counts those with at least k of the steps, whichever; it bears the name of the k-th.
    /// `--exclude x,y`: what must not occur between two steps. A type that the log has never seen is reached by nobody.
    static let funnel = Part(
        "funnel",
        columns: [
            .text("step"), .integer("count"), .number("rate_first"), .number("rate_previous"), .number("rate_all"),
        ],
        options: FunnelOptions.all
    ) { view, query, emit in
        let names = try FunnelOptions.names(query["steps"], of: "steps")
        let funnel = try view.funnel(of: query)
        var depths = [Int64](repeating: 0, count: names.count + 1)
        try view.forEachTrace(by: query.unit, of: query) { _, trace in depths[funnel.depth(of: trace)] += 1 }
        let count = FunnelCount(depths: depths)
        for (step, name) in names.enumerated() {
            let rates = count.rates(step)
            try emit([
                .text(name), .integer(count.reached[step]), .number(rates.first), .number(rates.previous),
                .number(rates.all),
            ])
        }
    }
}

extension ViewReader where P == Journey {
    /// The funnel that is asked for.
    func funnel(of query: Query) throws -> Funnel {
        let names = try FunnelOptions.names(query["steps"], of: "steps")
        let excluded = query["exclude"] == nil ? [] : try FunnelOptions.names(query["exclude"], of: "exclude")
        if let name = names.first(where: { excluded.contains($0) }) {
            throw QueryError("exclude: `\(name)` is one of the steps", parameter: "exclude")
        }
        return Funnel(
            steps: try names.map { try type(named: $0) ?? .none },
            order: query["order"].flatMap(Funnel.Order.init) ?? .sequential,
            window: FunnelWindow(period: try FunnelOptions.period(query["within"]), zone: zone),
            excluded: Set(try excluded.compactMap { try type(named: $0) }))
    }
}
