import Policies
import Projections
import Touchpoints

extension ViewReader where P == Journey {
    /// The graph of all customers. O(cells).
    func graph(by unit: JourneyGraph.Unit) -> JourneyGraph { JourneyGraph(by: unit) { self.cells(in: $0) } }

    /// A customer's touchpoints in fold order. O(events of the customer).
    func touches(of customer: CustomerNumber) throws -> [Touch] {
        var touches: [Touch] = []
        try forEachEvent(of: customer) { event in
            if event.isTouchpoint { touches.append(Touch(event)) }
        }
        return touches
    }

    /// Calls `body` for each trace of each customer, or of the one that the query names. O(events).
    func forEachTrace(
        by unit: JourneyGraph.Unit, of query: Query, _ body: (CustomerNumber, Trace) throws -> Void
    ) throws {
        let rules = SessionRules(active)
        try forEachCustomer(of: query) { customer, _ in
            for trace in unit.traces(of: try touches(of: customer), by: rules) { try body(customer, trace) }
        }
    }

    /// The name of a channel, `(none)` for that of events without one.
    func channelName(_ channel: ChannelNumber) -> String { channel.isNone ? "(none)" : name(of: channel) }

    /// The names of the phases in their order, the one for all other types last.
    var phases: [String] { policy.journey.phases.map(\.name) + [JourneyPolicy.otherPhase] }
}

extension PartOption {
    /// `--by customer|session`.
    static let by = PartOption.choice("by", of: JourneyGraph.Unit.allCases.map(\.rawValue))
}

extension Query {
    /// What `--by` says.
    var unit: JourneyGraph.Unit { self["by"].flatMap(JourneyGraph.Unit.init) ?? .customer }
}

extension Value {
    /// A length of time in seconds, rounded to the millisecond: quantiles are no more exact than their bins.
    static func seconds(_ elapsed: Elapsed?) -> Value {
        elapsed.map { .decimal(units: (Int128($0.microseconds) + 500) / 1_000, scale: 3) } ?? .null
    }

    static func number(_ number: Double?) -> Value { number.map { .number($0) } ?? .null }
}

extension [(text: String, count: Int64)] {
    /// By count, greatest first, then by the bytes of the text.
    func ranked() -> Self {
        sorted { $0.count != $1.count ? $0.count > $1.count : $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    }
}
