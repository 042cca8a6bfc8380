import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

struct FunnelPathTests {
    @Test(arguments: 0..<200 as Range<UInt64>) func `the path is as long as the funnel is deep, and fits it`(
        seed: UInt64
    ) throws {
        var random = SeededRandom(seed: seed)
        func type() -> EventType { EventType(rawValue: UInt16.random(in: 1...4, using: &random)) }
        var second: Int64 = 0
        let trace: Trace = (0..<Int.random(in: 0...12, using: &random)).map { index in
            second += Int64.random(in: 0...9, using: &random)
            return Touch(SketchedEvent(type(), second: second), position: Position(UInt64(index + 1)))
        }[...]
        let steps = (0..<Int.random(in: 1...4, using: &random)).map { _ in type() }
        let seconds = Int.random(in: 1...40, using: &random)
        let excluded = Set([type()]).subtracting(steps)
        for order in Funnel.Order.allCases {
            let funnel = Funnel(
                steps: steps, order: order, window: FunnelWindow(period: Period("\(seconds)s")!, zone: .utc),
                excluded: excluded)
            let path = funnel.path(of: trace)
            #expect(path.count == funnel.depth(of: trace), "\(order)")
            #expect(path.map(\.position) == path.map(\.position).sorted())
            // Alone its events get as far.
            #expect(funnel.depth(of: path[...]) == path.count, "\(order)")
            if order != .any { #expect(path.map(\.type) == Array(steps.prefix(path.count))) }
        }
    }
}
