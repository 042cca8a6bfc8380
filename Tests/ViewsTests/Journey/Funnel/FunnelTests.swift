import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

struct FunnelTests {
    /// `a0 b10 b10`: types by letter (a is 1), each at a second.
    private func trace(_ text: String) -> Trace {
        text.split(separator: " ").enumerated().map { index, word in
            Touch(
                SketchedEvent(type(word.first!), second: Int64(word.dropFirst())!),
                position: Position(UInt64(index + 1)))
        }[...]
    }

    private func type(_ letter: Character) -> EventType { EventType(rawValue: UInt16(letter.asciiValue!) - 96) }

    private func depth(
        _ text: String, _ steps: String, _ order: Funnel.Order, within: String? = nil, excluding: String = ""
    ) -> Int {
        let window = FunnelWindow(period: within.map { Period($0)! }, zone: .utc)
        let funnel = Funnel(
            steps: steps.map(type), order: order, window: window, excluded: Set(excluding.map(type)))
        return funnel.depth(of: trace(text))
    }

    @Test(arguments: [
        ("", 0), ("b0 c1", 0), ("a0", 1), ("a0 c1", 1), ("a0 x1 b2", 2), ("b0 a1 c2 b3", 2), ("a0 b0 c0", 3),
        ("a0 c1 b2 c3", 3),
    ]) func `sequential steps may have anything between them`(text: String, expected: Int) {
        #expect(depth(text, "abc", .sequential) == expected)
    }

    @Test(arguments: [
        ("a0 b10", "10s", 2), ("a0 b11", "10s", 1), ("a0 a5 b11", "10s", 2), ("a0 b1 a5 b6 c12", "7s", 3),
        ("a0 b1 a5 c7", "6s", 2), ("a0 b0", "0s", 2),
    ]) func `the window begins at the first step and includes its end`(text: String, within: String, expected: Int) {
        #expect(depth(text, "abc", .sequential, within: within) == expected)
    }

    /// Sketches begin with 2024-01-01T00:00:00Z; two days end when 3 January begins.
    @Test(arguments: [(172_799, 2), (172_800, 1)]) func `days of a window are civil days`(second: Int, expected: Int) {
        #expect(depth("a80000 b\(second)", "ab", .sequential, within: "2d") == expected)
    }

    @Test func `one touchpoint is not two steps`() {
        #expect(depth("a0", "aa", .sequential) == 1)
        #expect(depth("a0 a0", "aa", .sequential) == 2)
        #expect(depth("a0", "aa", .any) == 1)
        #expect(depth("a0 x1 a2", "aa", .any) == 2)
        #expect(depth("a0 a1", "aa", .strict) == 2)
    }

    @Test(arguments: [
        ("a0 b1 c2", 3), ("a0 x1 b2 c3", 1), ("a0 b1 a2 b3 c4", 3), ("a0 a1 b2", 2), ("b0 c1", 0), ("a0 b1 b2 c3", 2),
    ]) func `strict steps follow at once`(text: String, expected: Int) {
        #expect(depth(text, "abc", .strict) == expected)
    }

    @Test func `strict steps have the same window`() {
        #expect(depth("a0 b5 c11", "abc", .strict, within: "10s") == 2)
        #expect(depth("a0 b5 c10", "abc", .strict, within: "10s") == 3)
    }

    @Test(arguments: [
        ("c0 b1 a2", 3), ("b0", 1), ("x0", 0), ("c0 a20 b21", 2), ("c0 b10 a11", 2), ("b0 b1 b2", 1),
    ]) func `steps in any order count from any of them`(text: String, expected: Int) {
        #expect(depth(text, "abc", .any, within: "10s") == expected)
    }

    @Test func `what is excluded breaks an attempt between its steps`() {
        for order in [Funnel.Order.sequential, .any] {
            #expect(depth("a0 x1 b2", "ab", order, excluding: "x") == 1)
            #expect(depth("x0 a1 b2 x3", "ab", order, excluding: "x") == 2)
            #expect(depth("a0 x1 a2 b3", "ab", order, excluding: "x") == 2)
        }
    }

    @Test func `an unknown step is reached by nobody`() {
        let funnel = Funnel(
            steps: [type("a"), .none], order: .sequential, window: FunnelWindow(period: nil, zone: .utc))
        #expect(funnel.depth(of: trace("a0 b1")) == 1)
    }

    /// The definition, word for word: from each occurrence of the first step, each next the earliest after it.
    private func naiveDepth(_ trace: [Touch], _ steps: [EventType], _ order: Funnel.Order, _ window: Int64) -> Int {
        var deepest = 0
        for (index, first) in trace.enumerated() {
            let inside = trace[index...].filter { ($0.time - first.time).microseconds <= window * 1_000_000 }
            switch order {
            case .any:
                guard steps.contains(first.type) else { continue }
                deepest = max(deepest, Set(inside.map(\.type)).intersection(steps).count)
            case .sequential, .strict:
                guard first.type == steps[0] else { continue }
                var reached = 1
                var rest = inside.dropFirst()
                while reached < steps.count {
                    if order == .sequential { rest = rest.drop { $0.type != steps[reached] } }
                    guard rest.first?.type == steps[reached] else { break }
                    rest = rest.dropFirst()
                    reached += 1
                }
                deepest = max(deepest, reached)
            }
        }
        return deepest
    }

    @Test(arguments: 0..<200) func `the depth is that of the definition`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var second: Int64 = 0
        let touches = (0..<Int(random.next() % 30)).map { index in
            second += Int64(random.next() % 4)
            let event = SketchedEvent(EventType(rawValue: UInt16(random.next() % 5 + 1)), second: second)
            return Touch(event, position: Position(UInt64(index + 1)))
        }
        let steps = (1...3).map { EventType(rawValue: UInt16($0)) }
        for order in Funnel.Order.allCases {
            for window in [0, 2, 5, 1_000] as [Int64] {
                let funnel = Funnel(
                    steps: steps, order: order,
                    window: FunnelWindow(period: .elapsed(.seconds(window)), zone: .utc))
                #expect(funnel.depth(of: touches[...]) == naiveDepth(touches, steps, order, window))
            }
        }
    }
}
