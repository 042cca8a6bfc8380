import Projections
import Touchpoints

/// The directly-follows graph, by customer or by session, read from the totals.
struct JourneyGraph {
    /// What of each customer is one journey.
    enum Unit: String, CaseIterable {
        case customer, session
    }

    /// The times between the two events of each edge; their number is the edge's count.
    private(set) var edges: [Edge: TimeHistogram] = [:]
    /// Journeys (or sessions) that start with each type.
    private(set) var starts: [EventType: Int64] = [:]
    /// Different customers who have each edge.
    private(set) var customers: [Edge: Int64] = [:]

    /// - Parameter cells: gives the totals of a table, ascending by key. O(cells).
    init(by unit: Unit, cells: (UInt8) -> [(cell: Cell, total: Int128)]) {
        let own = unit == .customer ? JourneyTable.customerFlow : JourneyTable.sessionFlow
        // Merged in ascending order, so that each bin is added at the end of its histogram.
        let flows = (cells(JourneyTable.sharedFlow) + cells(own)).sorted {
            ($0.cell.a, $0.cell.b) < ($1.cell.a, $1.cell.b)
        }
        for (cell, total) in flows {
            edges[Edge(packed: cell.a), default: TimeHistogram()].add(Int64(total), to: cell.b)
        }
        for (cell, total) in cells(unit == .customer ? JourneyTable.starts : JourneyTable.sessionStarts) {
            starts[EventType(rawValue: UInt16(cell.a))] = Int64(total)
        }
        for (cell, total) in cells(unit == .customer ? JourneyTable.edgeCustomers : JourneyTable.sessionEdgeCustomers) {
            customers[Edge(packed: cell.a)] = Int64(total)
        }
    }

    /// All journeys (or sessions).
    var count: Int64 { starts.values.reduce(0, +) }

    /// Touchpoints of customers, by type: each is the first of its journey or is reached by an edge.
    var events: [EventType: Int64] {
        edges.reduce(into: starts) { $0[$1.key.to, default: 0] += $1.value.count }
    }

    /// Journeys (or sessions) that end with each type: its events less those that an edge leads on from.
    var ends: [EventType: Int64] {
        edges.reduce(into: events) { $0[$1.key.from, default: 0] -= $1.value.count }.filter { $0.value != 0 }
    }

    /// For each type the times to the next touchpoint, whatever it is.
    var departures: [EventType: [TimeHistogram]] {
        edges.sorted { $0.key < $1.key }.reduce(into: [:]) { $0[$1.key.from, default: []].append($1.value) }
    }
}
