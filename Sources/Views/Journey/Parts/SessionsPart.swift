import Projections
import Touchpoints

extension Part<Journey> {
    /// The sessions of each customer in the order of their starts; `session` is empty where silence cut them.
    ///
    /// `end` is the time of the last touchpoint so far. Read from the events. O(events).
    static let sessions = Part(
        "sessions",
        columns: [
            .text("customer"), .text("session"), .time("start"), .time("end"), .integer("seconds", unit: "seconds"),
            .integer("events"), .text("first"), .text("last"),
        ], key: ["customer", "session", "start"], options: [.customer(required: false)], reach: .customer
    ) { view, query, emit in
        let rules = SessionRules(view.active)
        try view.forEachCustomer(of: query) { customer, _ in
            var touches: [Touch] = []
            var sessionNames: [UInt64: String] = [:]
            try view.forEachEvent(of: customer) { event in
                guard event.isTouchpoint else { return }
                touches.append(Touch(event))
                if event.session != 0, sessionNames[event.session] == nil {
                    sessionNames[event.session] = event.attribute(.sessionid)
                }
            }
            for trace in JourneyGraph.Unit.session.traces(of: touches, by: rules) {
                let (first, last) = (trace.first!, trace.last!)
                try emit([
                    .text(view.name(of: customer)), .text(sessionNames[first.session] ?? ""), .time(first.time),
                    .time(last.time), .integer((last.time - first.time).microseconds / 1_000_000),
                    .integer(Int64(trace.count)), .text(view.name(of: first.type)), .text(view.name(of: last.type)),
                ])
            }
        }
    }
}
