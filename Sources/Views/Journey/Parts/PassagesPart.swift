import Projections
import Touchpoints

extension Part<Journey> {
    /// Who went from one touchpoint straight to another, and the two events of each time: what an edge counts.
    ///
    /// By customer number, then in fold order. Read from the events. O(events).
    static let passages = Part(
        "passages",
        columns: [
            .text("customer"), .integer("from_position"), .integer("to_position"), .time("from_time"), .time("to_time"),
            .number("seconds", unit: "seconds"),
        ], key: ["from_position", "to_position"],
        options: [
            .text("leaving", required: true), .text("reaching", required: true), .by, .customer(required: false),
        ],
        reach: .customer
    ) { view, query, emit in
        let ends = try ["leaving", "reaching"].map { option in try query[option].flatMap { try view.type(named: $0) } }
        guard let from = ends[0], let to = ends[1] else { return }
        try view.forEachTrace(by: query.unit, of: query) { customer, trace in
            for (first, second) in zip(trace, trace.dropFirst()) where first.type == from && second.type == to {
                try emit([
                    .text(try view.name(of: customer)), .integer(Int64(first.position.rawValue)),
                    .integer(Int64(second.position.rawValue)), .time(first.time), .time(second.time),
                    .seconds(second.time - first.time),
                ])
            }
        }
    }
}
