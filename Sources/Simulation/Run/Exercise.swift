/// What worlds exercise, counted so that a simulation that exercises nothing is noticed.
public enum Exercise: String, CaseIterable, Sendable {
    case events, late, simultaneous, future, sequenced, unowned, duplicates, conflicts, imports, backfilled, ticks
    case clockBack = "clock-back"
    case policies
    case policyRebuilds = "policy-rebuilds"
    case wakes
    case joins, moves, merges, splits, voids, refused, blocked
    case effects
    case alreadyOne = "already-one"
    case overLimit = "over-limit"
    case keptApart = "kept-apart"
    case notTogether = "not-together"
    case setAside = "set-aside"
    case healed
    case closes, abandons
    case logRestarts = "log-restarts"
    case indexesDropped = "indexes-dropped"
    case viewsDropped = "views-dropped"
    case rebuilds, comparisons
    case asOf = "as-of"
    case asKnown = "as-known"
}

/// How often each was exercised.
public struct ExerciseCounts: Sendable {
    private var counts = [Int](repeating: 0, count: Exercise.allCases.count)

    public init() {}

    public subscript(exercise: Exercise) -> Int {
        get { counts[Exercise.allCases.firstIndex(of: exercise)!] }
        set { counts[Exercise.allCases.firstIndex(of: exercise)!] = newValue }
    }

    public static func += (a: inout ExerciseCounts, b: ExerciseCounts) {
        for index in a.counts.indices { a.counts[index] += b.counts[index] }
    }

    /// What was never exercised.
    public var missing: [Exercise] { Exercise.allCases.filter { self[$0] == 0 } }
}

extension ExerciseCounts: CustomStringConvertible {
    /// `events 120, late 14, ...`
    public var description: String { Exercise.allCases.map { "\($0.rawValue) \(self[$0])" }.joined(separator: ", ") }

    /// Reads what ``description`` wrote; nil for any other text.
    public init?(_ text: some StringProtocol) {
        for part in text.split(separator: ",") {
            let words = part.split(separator: " ")
            guard words.count == 2, let exercise = Exercise(rawValue: String(words[0])), let count = Int(words[1])
            else { return nil }
            self[exercise] = count
        }
    }
}
