import Touchpoints

extension Funnel {
    /// The touchpoints of the first attempt that gets a trace as deep as any; as many as ``depth(of:)`` says.
    /// O(touchpoints x first steps).
    func path(of trace: Trace) -> [Touch] {
        var deepest: [Touch] = []
        for part in trace.split(whereSeparator: { excluded.contains($0.type) }) {
            for start in part.indices
            where order == .any ? steps.contains(part[start].type) : part[start].type == steps[0] {
                let attempt = attempt(part[start...])
                if attempt.count > deepest.count { deepest = attempt }
            }
        }
        return deepest
    }

    /// The steps that are taken from the first touchpoint on, within its window.
    private func attempt(_ trace: Trace) -> [Touch] {
        var taken: [Touch] = []
        var open = steps
        for touch in trace {
            guard let first = taken.first ?? trace.first, window.holds(touch.time, from: first.time), !open.isEmpty
            else {
                break
            }
            let isNext = open[0] == touch.type
            switch order {
            case .sequential where isNext, .strict where isNext:
                open.removeFirst()
                taken.append(touch)
            case .sequential: continue
            case .strict: return taken
            case .any:
                guard let index = open.firstIndex(of: touch.type) else { continue }
                open.remove(at: index)
                taken.append(touch)
            }
        }
        return taken
    }
}
