import Projections
import Touchpoints

/// The journey map without its phases: what is known of each touchpoint.
struct JourneyMap {
    /// One touchpoint.
    struct Stop {
        var name: String
        /// Different customers who met it.
        var customers: Int64 = 0
        /// All events, those of no customer included.
        var events: Int64 = 0
        /// Events of no customer.
        var unowned: Int64 = 0
        /// Events by channel, those without one included.
        var channels: [(channel: ChannelNumber, events: Int64)] = []
        var opinions = OpinionTotals()
        /// Customers whose journey ends here.
        var lost: Int64 = 0
        var timesToNext = TimeHistogram()
        /// 1 for the greatest ``pain``; equal ones by name.
        var painRank: Int64 = 0

        /// The share of its customers that it loses; nil where it has none.
        var dropOff: Double? { customers == 0 ? nil : Double(lost) / Double(customers) }
        /// Customers lost, and those expected to be dissatisfied.
        var pain: Double {
            Double(lost) + (opinions.satisfaction.map { Double(customers) * (100 - $0) / 100 } ?? 0)
        }
    }

    /// By events, the most frequent first, then by name.
    let stops: [Stop]

    /// - Parameters:
    ///   - graph: that by customer.
    ///   - cells: gives the totals of a table.
    init(
        graph: JourneyGraph, cells: (UInt8) -> [(cell: Cell, total: Int128)], opinions: [EventType: OpinionTotals],
        name: (EventType) -> String
    ) {
        var stops: [EventType: Stop] = [:]
        func change(_ type: EventType, _ body: (inout Stop) -> Void) {
            body(&stops[type, default: Stop(name: name(type))])
        }
        for (type, count) in graph.events { change(type) { $0.events += count } }
        for (type, count) in graph.ends { change(type) { $0.lost = count } }
        for (cell, total) in cells(JourneyTable.unowned) {
            change(EventType(rawValue: UInt16(cell.a))) {
                $0.unowned = Int64(total)
                $0.events += Int64(total)
            }
        }
        for (cell, total) in cells(JourneyTable.touchpointCustomers) {
            change(EventType(rawValue: UInt16(cell.a))) { $0.customers = Int64(total) }
        }
        for (cell, total) in cells(JourneyTable.channels) {
            let channel = ChannelNumber(rawValue: UInt16(cell.b))
            change(EventType(rawValue: UInt16(cell.a))) { $0.channels.append((channel, Int64(total))) }
        }
        for (type, totals) in opinions { change(type) { $0.opinions = totals } }
        for (type, times) in graph.departures { change(type) { $0.timesToNext = TimeHistogram(merging: times) } }
        for type in stops.keys {
            change(type) { stop in
                let without = stop.events - stop.channels.reduce(0) { $0 + $1.events }
                if without > 0 { stop.channels.append((.none, without)) }
            }
        }
        self.stops = Self.ranked(Array(stops.values))
    }

    private static func ranked(_ stops: [Stop]) -> [Stop] {
        func named(_ a: Stop, _ b: Stop) -> Bool { a.name.utf8.lexicographicallyPrecedes(b.name.utf8) }
        var stops = stops.sorted { $0.pain != $1.pain ? $0.pain > $1.pain : named($0, $1) }
        for index in stops.indices { stops[index].painRank = Int64(index + 1) }
        return stops.sorted { $0.events != $1.events ? $0.events > $1.events : named($0, $1) }
    }

    /// `web 0.6000 (180), app 0.4000 (120)`: shares of the events, with their counts.
    static func shares(_ counts: [(text: String, count: Int64)], of events: Int64) -> String {
        guard events > 0 else { return "" }
        return counts.map { name, count in
            let tenThousandths = (count * 20_000 + events) / (events * 2)
            return "\(name) \(Decimal.text(tenThousandths, digits: 4)) (\(count))"
        }.joined(separator: ", ")
    }
}
