import Touchpoints

@testable import Projections

/// Parts that show all that a view holds.
extension Part {
    /// The bytes of each customer's state.
    static var states: Part<P> {
        Part(
            "states", columns: [.text("customer"), .text("state")], key: ["customer"],
            options: [.customer(required: false)], reach: .customer
        ) { view, query, emit in
            try view.forEachCustomer(of: query) { customer, state in
                var writer = ByteWriter()
                state.encode(into: &writer)
                try emit([.text(try view.alias(of: customer)), .text("\(writer.bytes)")])
            }
        }
    }

    /// Each total.
    static var totals: Part<P> {
        Part(
            "totals", columns: [.integer("table"), .text("a"), .text("b"), .decimal("total")],
            key: ["table", "a", "b"]
        ) { view, _, emit in
            for table in UInt8(0)...9 {
                for (cell, total) in view.cells(in: table) {
                    try emit([
                        .integer(Int64(table)), .text("\(cell.a)"), .text("\(cell.b)"),
                        .decimal(units: total, scale: 0),
                    ])
                }
            }
        }
    }

    /// The positions of one customer's events and records.
    static var events: Part<P> {
        Part(
            "events", columns: [.integer("position"), .flag("isFolded")], key: ["position"],
            options: [.customer(required: true)], reach: .customer
        ) { view, query, emit in
            var folded: Set<Position> = []
            try view.forEachEvent(of: query.customer!) { folded.insert($0.position) }
            try view.forEachRecord(of: query.customer!) { event in
                try emit([.integer(Int64(event.position.rawValue)), .flag(folded.contains(event.position))])
            }
        }
    }

    /// The steps of one customer.
    static var steps: Part<P> {
        Part(
            "steps", columns: [.time("time"), .integer("event")], options: [.customer(required: true)], reach: .customer
        ) { view, query, emit in
            try view.forEachStep(of: query.customer!) { step in
                try emit([.time(step.time), step.event.map { .integer(Int64($0.rawValue)) } ?? .null])
            }
        }
    }

    static var everything: [Part<P>] { [states, totals, events, steps] }
}
