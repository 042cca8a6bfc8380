import Projections
import Touchpoints

extension Part<Journey> {
    /// Where journeys or sessions start, the most frequent first.
    static let starts = ends("starts") { $0.starts }

    /// Where journeys or sessions end, so far: those still going on end with their last touchpoint.
    static let ends = ends("ends") { $0.ends }

    private static func ends(
        _ name: String, _ counts: @escaping @Sendable (JourneyGraph) -> [EventType: Int64]
    ) -> Part {
        Part(
            name, columns: [.text("touchpoint"), .integer("count")], key: ["touchpoint"], options: [.by]
        ) { view, query, emit in
            let rows = counts(view.graph(by: query.unit)).map { (text: view.name(of: $0.key), count: $0.value) }
            for row in rows.ranked() { try emit([.text(row.text), .integer(row.count)]) }
        }
    }
}
