import Touchpoints

/// Steps that customers may take one after the other, and how far a trace gets.
struct Funnel {
    /// How the steps must follow one another.
    enum Order: String, CaseIterable {
        /// Each next step is the earliest after the one before; anything may lie between.
        case sequential
        /// Each next step is the very next touchpoint.
        case strict
        /// The steps in any order: step k stands for any k of them.
        case any
    }

    /// The types of the steps, in order; `.none` for a name that the log does not know: nothing matches it.
    let steps: [EventType]
    let order: Order
    /// The time that the later steps have, from the first.
    let window: FunnelWindow
    /// What must not occur between the steps.
    var excluded: Set<EventType> = []

    /// How many steps a trace gets through at best, from whichever first step. O(touchpoints x steps).
    func depth(of trace: Trace) -> Int {
        // What must not lie between two steps parts the trace: no attempt reaches over it.
        trace.split { excluded.contains($0.type) }.reduce(0) { deepest, part in
            switch order {
            case .sequential: max(deepest, sequentialDepth(part))
            case .strict: max(deepest, strictDepth(part))
            case .any: max(deepest, anyDepth(part))
            }
        }
    }

    /// For each step keeps the latest first step from which it was reached: a later one has its window open longer.
    private func sequentialDepth(_ trace: Trace) -> Int {
        var origins = [Timestamp?](repeating: nil, count: steps.count)
        var deepest = 0
        for touch in trace {
            // The last step first, so that one touchpoint is not two steps.
            for step in steps.indices.reversed() where steps[step] == touch.type {
                guard let origin = step == 0 ? touch.time : origins[step - 1], window.holds(touch.time, from: origin)
                else { continue }
                origins[step] = max(origins[step] ?? origin, origin)
                deepest = max(deepest, step + 1)
            }
        }
        return deepest
    }

    /// For each step keeps the first step of the attempt that is at it right now.
    private func strictDepth(_ trace: Trace) -> Int {
        var origins = [Timestamp?](repeating: nil, count: steps.count)
        var deepest = 0
        for touch in trace {
            for step in steps.indices.reversed() {
                let origin = step == 0 ? touch.time : origins[step - 1]
                guard steps[step] == touch.type, let origin, window.holds(touch.time, from: origin) else {
                    origins[step] = nil
                    continue
                }
                origins[step] = origin
                deepest = max(deepest, step + 1)
            }
        }
        return deepest
    }

    /// From each event of a step, how many of the steps lie within its window; a step named twice must occur twice.
    private func anyDepth(_ trace: Trace) -> Int {
        let needed = Dictionary(steps.map { ($0, 1) }, uniquingKeysWith: +)
        let matches = trace.filter { needed[$0.type] != nil }
        var inside: [EventType: Int] = [:]
        var matched = 0
        var deepest = 0
        var end = matches.startIndex
        for origin in matches {
            while end < matches.endIndex, window.holds(matches[end].time, from: origin.time) {
                inside[matches[end].type, default: 0] += 1
                if inside[matches[end].type]! <= needed[matches[end].type]! { matched += 1 }
                end += 1
            }
            deepest = max(deepest, matched)
            inside[origin.type]! -= 1
            if inside[origin.type]! < needed[origin.type]! { matched -= 1 }
        }
        return deepest
    }
}
