@testable import Projections
@testable import Simulation
import Touchpoints

@testable import Views

/// The totals of sketched customers, with what the journey's parts read from them.
struct JourneySketch {
    var totals: [Cell: Int128] = [:]
    /// By the order in which the customers were given.
    var states: [JourneyState] = []
    /// Sessions by variant, the open ones included.
    private var variants: [Cell: Int64] = [:]

    /// - Parameter customers: the events of each.
    init(_ customers: [[SketchedEvent]], clock: String = "2030-01-01T00:00:00Z") throws {
        for events in customers {
            let outcome = try sketch(events, of: Journey.self, clock: clock)
            for (cell, total) in outcome.totals { totals[cell, default: 0] += total }
            if let state = outcome.state { states.append(state) }
        }
        for (cell, total) in cells(JourneyTable.variants) { variants[cell] = Int64(total) }
        for state in states { state.sessions.forEach { variants[Self.cell($0, isCut: $1), default: 0] += 1 } }
    }

    init(_ events: [SketchedEvent]) throws { try self.init([events]) }

    func cells(_ table: UInt8) -> [(cell: Cell, total: Int128)] {
        totals.filter { $0.key.table == table && $0.value != 0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    func graph(_ unit: JourneyGraph.Unit) -> JourneyGraph { JourneyGraph(by: unit, cells: cells) }

    /// Counts by edge, written `from > to`.
    func edges(_ unit: JourneyGraph.Unit) -> [String: Int64] {
        Dictionary(uniqueKeysWithValues: graph(unit).edges.map { (text($0.key), $0.value.count) })
    }

    func customers(_ unit: JourneyGraph.Unit) -> [String: Int64] {
        Dictionary(uniqueKeysWithValues: graph(unit).customers.map { (text($0.key), $0.value) })
    }

    func starts(_ unit: JourneyGraph.Unit) -> [String: Int64] { named(graph(unit).starts) }
    func ends(_ unit: JourneyGraph.Unit) -> [String: Int64] { named(graph(unit).ends) }

    /// How many sessions are of that variant, the open ones included.
    func sessions(_ steps: EventType...) -> Int64 { sessions(steps) }

    func sessions(_ steps: [EventType]) -> Int64 {
        variants[Self.cell(steps.map(\.rawValue)[...], isCut: false), default: 0]
    }

    private static func cell(_ steps: ArraySlice<UInt16>, isCut: Bool) -> Cell {
        Cell(labelled: Variant.label(of: steps, isCut: isCut), in: JourneyTable.variants)
    }

    /// Sessions that have ended.
    var endedSessions: Int128 { cells(JourneyTable.variants).reduce(0) { $0 + $1.total } }

    private func named(_ counts: [EventType: Int64]) -> [String: Int64] {
        Dictionary(uniqueKeysWithValues: counts.map { ($0.key.builtInName!, $0.value) })
    }

    private func text(_ edge: Edge) -> String { "\(edge.from.builtInName!) > \(edge.to.builtInName!)" }
}

extension SketchedEvent {
    /// An event at a number of seconds after the start of 2024.
    init(_ type: EventType, second: Int64, session: UInt64 = 0) {
        self.init(type: type, occurred: Timestamp(rawValue: (1_704_067_200 + second) * 1_000_000))
        self.session = session
    }

    /// The same event with clear data and the attribute `about`.
    func with(data: String, about: String? = nil) -> SketchedEvent {
        var event = self
        if let about { ClearPart.append(.about, about.utf8, to: &event.clear) }
        ClearPart.endAttributes(of: &event.clear)
        event.clear += Array(data.utf8)
        return event
    }

    /// Reads the event as a fold does.
    func read<Result>(_ body: (borrowing EventView) throws -> Result) rethrows -> Result {
        let header = header
        return try body(EventView(position: Position(1), header: header.span.bytes, clear: clear.span.bytes))
    }
}
