import Projections
import Touchpoints

extension Part<Journey> {
    /// The different sequences of touchpoints, the most frequent first.
    ///
    /// By session: those that have ended are kept, the open ones are added from the states. O(variants + customers).
    /// By customer: read from the events. O(events).
    static let variants = Part(
        "variants", columns: [.text("variant"), .integer("count")], key: ["variant"], options: [.by]
    ) { view, query, emit in
        var counts: [[UInt8]: Int64] = [:]
        switch query.unit {
        case .session:
            for (cell, total) in view.cells(in: JourneyTable.variants) { counts[view.label(of: cell)] = Int64(total) }
            try view.forEachCustomer { _, state in
                state.sessions.forEach { counts[Variant.label(of: $0, isCut: $1), default: 0] += 1 }
            }
        case .customer:
            try view.forEachTrace(by: .customer, of: query) { _, trace in
                counts[Variant.label(of: trace.map(\.type.rawValue)[...], isCut: false), default: 0] += 1
            }
        }
        let rows = counts.map { label, count in
            (text: Variant.text(of: label) { view.name(of: $0) }, count: count)
        }
        for row in rows.ranked() { try emit([.text(row.text), .integer(row.count)]) }
    }
}
