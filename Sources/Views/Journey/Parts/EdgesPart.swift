import Projections

extension Part<Journey> {
    /// The edges of the directly-follows graph, the most frequent first.
    ///
    /// `customers` counts those who have the edge at all. Times are from the earlier event to the later one, quantiles
    /// the ceil(q n)-th smallest, within 0.8 %.
    static let edges = Part(
        "edges",
        columns: [
            .text("from"), .text("to"), .integer("count"), .integer("customers"),
            .number("median_seconds", unit: "seconds"), .number("p95_seconds", unit: "seconds"),
        ], key: ["from", "to"], options: [.by]
    ) { view, query, emit in
        let graph = view.graph(by: query.unit)
        let rows = graph.edges.map { edge, times in
            (from: view.name(of: edge.from), to: view.name(of: edge.to), edge: edge, times: times)
        }
        let sorted = rows.sorted { a, b in
            if a.times.count != b.times.count { return a.times.count > b.times.count }
            if a.from != b.from { return a.from.utf8.lexicographicallyPrecedes(b.from.utf8) }
            return a.to.utf8.lexicographicallyPrecedes(b.to.utf8)
        }
        for row in sorted {
            try emit([
                .text(row.from), .text(row.to), .integer(row.times.count), .integer(graph.customers[row.edge] ?? 0),
                .seconds(row.times.quantile(percent: 50)), .seconds(row.times.quantile(percent: 95)),
            ])
        }
    }
}
