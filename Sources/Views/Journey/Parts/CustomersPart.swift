import Projections
import Touchpoints

extension Part<Journey> {
    /// Where each customer stands: the last touchpoint with its phase, how many kinds of touchpoints and of steps from one to
    /// the next it has made, and its sessions that may go on. By customer number; O(customers).
    static let customers = Part(
        "customers",
        columns: [
            .text("customer"), .text("phase"), .text("last"), .time("last_time"), .integer("touchpoints"),
            .integer("edges"), .integer("open_sessions"),
        ], key: ["customer"], options: [.customer(required: false)], reach: .customer,
        goingBy: ["phase": ["journey.phases"]]
    ) { view, query, emit in
        try view.forEachCustomer(of: query) { customer, state in
            let last = state.sessions.latest.map { (type: view.name(of: $0.lastType), time: $0.lastTime) }
            try emit([
                .text(try view.name(of: customer)),
                last.map { .text(view.policy.journey.phase(ofType: $0.type)) } ?? .null,
                last.map { .text($0.type) } ?? .null, last.map { .time($0.time) } ?? .null,
                .integer(Int64(state.seen.touchpointCount)), .integer(Int64(state.seen.edgeCount)),
                .integer(Int64(state.sessions.count)),
            ])
        }
    }
}
