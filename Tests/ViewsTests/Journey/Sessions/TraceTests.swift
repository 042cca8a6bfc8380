import Policies
import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

/// Random customers against sessions cut by a dictionary and the definition.
struct TraceTests {
    private func customer(_ random: inout SeededRandom) -> [SketchedEvent] {
        var second: Int64 = 0
        return (0..<Int(random.next() % 60) + 1).map { _ in
            second += [0, 1, 60, 1_800, 1_801, 86_400, 20 * 86_400, 30 * 86_400][Int(random.next() % 8)]
            let type = EventType(rawValue: UInt16(random.next() % 5 + 1))
            return SketchedEvent(type, second: second, session: random.next() % 4)
        }
    }

    /// By the words of rule 22: nothing shared with the fold. 2024 in UTC: a day is 86,400 seconds.
    private func naiveSessions(_ events: [SketchedEvent]) -> [[SketchedEvent]] {
        var all: [[SketchedEvent]] = []
        for key in Set(events.map(\.session)) {
            var current: [SketchedEvent] = []
            for event in events where event.session == key {
                if let last = current.last {
                    let silence = (event.occurred - last.occurred).microseconds / 1_000_000
                    let days = event.occurred.rawValue / 86_400_000_000 - last.occurred.rawValue / 86_400_000_000
                    if key == 0 ? silence > 1_800 : days >= 30 {
                        all.append(current)
                        current = []
                    }
                }
                current.append(event)
            }
            all.append(current)
        }
        return all
    }

    @Test(arguments: 0..<60) func `graphs, ends and variants equal those of the naively cut traces`(seed: UInt64) throws
    {
        var random = SeededRandom(seed: seed)
        let customers = (0..<3).map { _ in customer(&random) }
        let journey = try JourneySketch(customers)
        for unit in JourneyGraph.Unit.allCases {
            var edges: [Edge: Int64] = [:]
            var owners: [Edge: Set<Int>] = [:]
            var starts: [EventType: Int64] = [:]
            var ends: [EventType: Int64] = [:]
            var variants: [[EventType]: Int64] = [:]
            for (number, events) in customers.enumerated() {
                for trace in unit == .customer ? [events] : naiveSessions(events) {
                    starts[trace[0].type, default: 0] += 1
                    ends[trace[trace.count - 1].type, default: 0] += 1
                    variants[trace.map(\.type), default: 0] += 1
                    for (a, b) in zip(trace, trace.dropFirst()) {
                        edges[Edge(from: a.type, to: b.type), default: 0] += 1
                        owners[Edge(from: a.type, to: b.type), default: []].insert(number)
                    }
                }
            }
            let graph = journey.graph(unit)
            #expect(graph.edges.mapValues(\.count) == edges)
            #expect(graph.customers == owners.mapValues { Int64($0.count) })
            #expect(graph.starts == starts)
            #expect(graph.ends == ends)
            if unit == .session {
                for (variant, count) in variants { #expect(journey.sessions(variant) == count) }
            }
        }
    }

    @Test(arguments: 0..<30) func `queries cut the sessions that the fold cuts`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let events = customer(&random)
        let touches = events.enumerated().map { Touch($1, position: Position(UInt64($0 + 1))) }
        let traces = JourneyGraph.Unit.session.traces(of: touches, by: SessionRules(.default))
        #expect(traces.map(\.count).reduce(0, +) == events.count)
        #expect(zip(traces, traces.dropFirst()).allSatisfy { $0.first!.position < $1.first!.position })
        var expected: [[EventType]: Int] = [:]
        for session in naiveSessions(events) { expected[session.map(\.type), default: 0] += 1 }
        #expect(traces.reduce(into: [:]) { $0[$1.map(\.type), default: 0] += 1 } == expected)
    }
}

extension Touch {
    init(_ event: SketchedEvent, position: Position) {
        self.init(
            type: event.type, time: event.occurred, session: event.session, channel: event.channel, position: position)
    }
}
