import Projections
import Touchpoints

extension Part<Journey> {
    /// The journey map: a row for each touchpoint, in the order of the phases, then of their events.
    ///
    /// - `events` counts all, `unowned` those of them without a customer; `channels` is their distribution.
    /// - `lost`: customers whose journey ends here, so far; `drop_off` is lost / customers.
    /// - Times are those to the customer's next touchpoint.
    /// - `pain` is lost + customers x (100 - satisfaction) / 100, so the customers whom the touchpoint loses and those
    ///   whom it leaves dissatisfied; without opinions the lost alone. `pain_rank` 1 is the worst.
    static let map = Part(
        "map",
        columns: [
            .text("phase"), .text("touchpoint"), .integer("customers"), .integer("events"), .integer("unowned"),
            .text("channels"), .number("satisfaction"), .integer("satisfaction_n"), .number("sentiment"),
            .integer("sentiment_n"), .integer("lost"), .number("drop_off"),
            .number("median_seconds", unit: "seconds"), .number("p95_seconds", unit: "seconds"), .number("pain"),
            .integer("pain_rank"),
        ], key: ["touchpoint"]
    ) { view, _, emit in
        let phases = view.phases
        let map = JourneyMap(
            graph: view.graph(by: .customer), cells: { view.cells(in: $0) },
            opinions: try OpinionTotals.read(
                cells: { view.cells(in: $0) }, label: { view.label(of: $0) }, type: { try view.type(named: $0) }),
            name: { view.name(of: $0) })
        let rows = map.stops.map { stop in
            (phase: phases.firstIndex(of: view.policy.journey.phase(ofType: stop.name))!, stop: stop)
        }
        for (phase, stop) in rows.sorted(by: { $0.phase < $1.phase }) {
            let channels = stop.channels.map { (text: view.channelName($0.channel), count: $0.events) }.ranked()
            try emit([
                .text(phases[phase]), .text(stop.name), .integer(stop.customers), .integer(stop.events),
                .integer(stop.unowned), .text(JourneyMap.shares(channels, of: stop.events)),
                .number(stop.opinions.satisfaction), .integer(stop.opinions.satisfactionCount),
                .number(stop.opinions.sentiment), .integer(stop.opinions.sentimentCount), .integer(stop.lost),
                .number(stop.dropOff), .seconds(stop.timesToNext.quantile(percent: 50)),
                .seconds(stop.timesToNext.quantile(percent: 95)), .number(stop.pain), .integer(stop.painRank),
            ])
        }
    }
}
