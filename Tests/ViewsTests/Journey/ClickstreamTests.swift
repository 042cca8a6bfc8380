import Foundation
@testable import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

/// The published clickstream against the counts of Fixtures/journey, made by a program that shares nothing with this one.
struct ClickstreamTests {
    static let clickstream = try! Clickstream()

    private let clickstream = Self.clickstream

    @Test(arguments: JourneyGraph.Unit.allCases) func `the graph is that of an independent count`(
        unit: JourneyGraph.Unit
    ) throws {
        let expected = clickstream.expected(unit)
        let graph = clickstream.journey.graph(unit)
        #expect(graph.count == expected.count)
        #expect(
            Dictionary(uniqueKeysWithValues: graph.starts.map { (clickstream.name($0.key), $0.value) })
                == expected.starts)
        #expect(
            Dictionary(uniqueKeysWithValues: graph.ends.map { (clickstream.name($0.key), $0.value) }) == expected.ends)
        #expect(graph.edges.count == expected.edges.count)
        for (edge, times) in graph.edges {
            let name = "\(clickstream.name(edge.from)) > \(clickstream.name(edge.to))"
            let row = try #require(expected.edges[name])
            #expect(times.count == row[0], "\(name)")
            #expect(graph.customers[edge] == row[1], "\(name)")
            for (percent, seconds) in [(Int64(50), row[2]), (95, row[3])] {
                let found = Double(times.quantile(percent: percent)!.microseconds) / 1_000_000
                #expect((found - Double(seconds)).magnitude <= Double(seconds) * 0.008, "\(name)")
            }
        }
    }

    @Test func `the variants are those of an independent count`() {
        let expected = clickstream.expected(.session)
        var counts: [String: Int64] = [:]
        for trace in clickstream.traces(.session) {
            counts[trace.map { clickstream.name($0.type) }.joined(separator: " > "), default: 0] += 1
        }
        #expect(counts.count == expected.variants)
        #expect(counts.filter { $0.value > 2 } == expected.frequentVariants)
        for trace in clickstream.traces(.session) {
            let variant = trace.map(\.type)
            let name = variant.map { clickstream.name($0) }.joined(separator: " > ")
            #expect(clickstream.journey.sessions(variant) == counts[name])
        }
    }

    @Test func `funnels are those of an independent count`() throws {
        for funnel in clickstream.expected.funnels {
            let steps = funnel.steps.split(separator: ",").map { clickstream.type(String($0)) }
            let window = FunnelWindow(period: funnel.within.map { Period($0)! }, zone: .utc)
            let asked = Funnel(steps: steps, order: Funnel.Order(rawValue: funnel.order)!, window: window)
            var depths = [Int64](repeating: 0, count: steps.count + 1)
            for trace in clickstream.traces(JourneyGraph.Unit(rawValue: funnel.by)!) {
                depths[asked.depth(of: trace)] += 1
            }
            #expect(FunnelCount(depths: depths).reached == funnel.counts, "\(funnel)")
        }
    }
}

/// The events of clickstream.txt, folded, with what clickstream.json expects.
struct Clickstream {
    struct Expected: Decodable {
        struct Graph: Decodable {
            var count: Int64
            /// Count, customers, median and 95th percentile in seconds.
            var edges: [String: [Int64]]
            var starts: [String: Int64]
            var ends: [String: Int64]
            var variants: Int
            var frequentVariants: [String: Int64]
        }
        struct FunnelCounts: Decodable {
            var by: String
            var order: String
            var steps: String
            var within: String?
            var counts: [Int64]
        }
        var customer: Graph
        var session: Graph
        var funnels: [FunnelCounts]
    }

    let expected: Expected
    let journey: JourneySketch
    /// By user; the types are numbers from `EventType.firstInterned` on, in the order of ``names``.
    let customers: [[SketchedEvent]]
    let names: [String]

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/journey")
        expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: folder.appending(path: "clickstream.json")))
        let lines = try String(contentsOf: folder.appending(path: "clickstream.txt"), encoding: .utf8)
            .split(separator: "\n")
        names = lines[0].split(separator: " ").map(String.init)
        var events: [Substring: [SketchedEvent]] = [:]
        for (number, line) in lines.dropFirst().enumerated() {
            let words = line.split(separator: " ")
            var second = Int64(words[2])!
            for word in words.dropFirst(3) {
                let parts = word.split(separator: "+")
                second += Int64(parts[1])!
                let type = EventType(rawValue: EventType.firstInterned + UInt16(parts[0])!)
                events[words[0], default: []].append(
                    SketchedEvent(type, second: second - 1_704_067_200, session: UInt64(number + 1)))
            }
        }
        // Stable, as a log is: in the order of the file where times are equal.
        customers = events.sorted { $0.key < $1.key }.map { $0.value.sorted { $0.occurred < $1.occurred } }
        journey = try JourneySketch(customers)
    }

    func expected(_ unit: JourneyGraph.Unit) -> Expected.Graph {
        unit == .customer ? expected.customer : expected.session
    }

    func name(_ type: EventType) -> String { names[Int(type.rawValue - EventType.firstInterned)] }
    func type(_ name: String) -> EventType {
        EventType(rawValue: EventType.firstInterned + UInt16(names.firstIndex(of: name)!))
    }

    func traces(_ unit: JourneyGraph.Unit) -> [Trace] {
        customers.flatMap { events in
            unit.traces(
                of: events.enumerated().map { Touch($1, position: Position(UInt64($0 + 1))) },
                by: SessionRules(.default))
        }
    }
}
