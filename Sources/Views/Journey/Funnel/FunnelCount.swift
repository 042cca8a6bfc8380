/// How many traces got through each step of a funnel, and the rates.
struct FunnelCount: Equatable {
    /// Traces that reached the step or a later one.
    private(set) var reached: [Int64]
    /// All traces, those that never began the funnel too.
    let all: Int64

    /// - Parameter depths: how many traces got exactly so deep; the first number is that of those that never began.
    init(depths: [Int64]) {
        all = depths.reduce(0, +)
        reached = Array(depths.dropFirst())
        for step in reached.indices.dropLast().reversed() { reached[step] += reached[step + 1] }
    }

    /// Against the first step, against the one before (the first against itself) and against all; nil of nothing.
    func rates(_ step: Int) -> (first: Double?, previous: Double?, all: Double?) {
        func rate(of whole: Int64) -> Double? { whole == 0 ? nil : Double(reached[step]) / Double(whole) }
        return (rate(of: reached[0]), rate(of: reached[max(step - 1, 0)]), rate(of: all))
    }
}
