import Projections
import Touchpoints

extension Part<Journey> {
    /// Who got how far in a funnel, and by which events: what a row of `funnel` counts.
    ///
    /// A row for each step that a customer (or session) has taken, of the first attempt that got as far as any; `reached` is
    /// the number of steps, so that `reached>=2` are those whom step 2 counts, and `reached=2` those who stayed there. By
    /// customer number, then in fold order. Read from the events. O(events x first steps).
    static let funnelEvents = Part(
        "funnel-events",
        columns: [
            .text("customer"), .integer("reached"), .integer("step"), .text("type"), .integer("position"),
            .time("time"),
        ], key: ["step", "position"], options: FunnelOptions.all + [.customer(required: false)], reach: .customer
    ) { view, query, emit in
        let funnel = try view.funnel(of: query)
        try view.forEachTrace(by: query.unit, of: query) { customer, trace in
            let path = funnel.path(of: trace)
            for (step, touch) in path.enumerated() {
                try emit([
                    .text(try view.name(of: customer)), .integer(Int64(path.count)), .integer(Int64(step + 1)),
                    .text(view.name(of: touch.type)), .integer(Int64(touch.position.rawValue)), .time(touch.time),
                ])
            }
        }
    }
}
