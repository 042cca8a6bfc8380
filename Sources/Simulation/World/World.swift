import Projections
import Touchpoints

/// A history of a log and its views: what is appended when, and what is done to the files meanwhile.
///
/// A function of its seed alone.
public struct World: Sendable {
    public let seed: Int
    /// The views that are folded, by their names.
    public var views: [String]
    /// With so many entries the log's tail is written behind into sorted runs.
    var tailLimit: Int
    var steps: [WorldStep]

    /// How many events it hands to the log.
    public var eventCount: Int { steps.reduce(0) { $0 + $1.happenings.count } }
    /// How many steps it takes.
    public var stepCount: Int { steps.count }
}

/// One step of a world.
enum WorldStep: Sendable {
    /// Events in one commit.
    case append(Append)
    /// The views are folded to the head, by an engine that is opened where there is none.
    case fold
    /// What is folded is written back.
    case save
    /// The engine ends with writing back, or as a process that is killed.
    case close
    case abandon
    /// The log's writer ends and is opened again.
    case restartLog
    /// The derived index is deleted.
    case dropIndex
    /// A view's files are deleted.
    case dropView(String)
    case rebuild(String)
    /// The sizes with which the next engine and the next answers work.
    case tune(FoldTuning)
    /// Everything is held against the slow model.
    case compare(Depth)

    /// How much is compared; everything is compared at the end of a world.
    enum Depth: Sendable {
        /// The engine's states and totals.
        case states
        /// Answers from files, and from the log alone; histories and aliases.
        case answers
    }

    struct Append: Sendable {
        /// What the machine's clock says.
        var now: Timestamp
        var happenings: [Happening]
        /// `import --clock occurred`.
        var isImport = false
        var isBackfill = false
        /// Before any other record.
        var isFirst = false
    }

    var happenings: [Happening] {
        if case .append(let append) = self { append.happenings } else { [] }
    }
}
