import Projections
import Touchpoints

extension Part<Journey> {
    /// What happened with one customer, in fold order; `time` is that of the fold, `occurred` the producer's own.
    ///
    /// Events that are no touchpoints have no phase. `alias` is what the event called the customer, `decision` what the log
    /// decided about an event that asked who is whom, `voided` the position of the record that took the event out.
    static let timeline = Part(
        "timeline",
        columns: [
            .integer("position"), .time("time"), .time("occurred"), .time("recorded"), .text("type"), .text("phase"),
            .text("channel"), .text("source"), .text("session"), .text("alias"), .text("decision"), .integer("voided"),
        ], key: ["position"], options: [.customer(required: true)], reach: .customer
    ) { view, query, emit in
        guard let customer = query.customer else { throw QueryError("whose timeline?", parameter: "customer") }
        let voided = view.voidings
        try view.forEachRecord(of: customer) { event in
            let type = view.name(of: event.type)
            try emit([
                .integer(Int64(event.position.rawValue)), .time(event.time), .time(event.occurred),
                .time(event.recorded), .text(type),
                event.isTouchpoint ? .text(view.policy.journey.phase(ofType: type)) : .null,
                event.channel.isNone ? .null : .text(view.name(of: event.channel)),
                .text(view.name(of: event.source)), event.attribute(.sessionid).map { .text($0) } ?? .null,
                try view.alias(of: event.strand).map { .text($0) } ?? .null,
                event.decision == .none ? .null : .text(event.decision.name),
                voided[event.position].map { .integer(Int64($0.rawValue)) } ?? .null,
            ])
        }
    }
}
