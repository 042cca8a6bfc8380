public import Digests
import EventLog
public import Touchpoints

/// One view of the fold engine, without its type: the boundary that is crossed once a batch.
///
/// Closures, and no protocol: what they call is then compiled for the projector's own types, where a protocol's methods
/// would go through code that is made for all types.
public struct ViewEngine {
    let name: String
    let checkpoint: () -> Position
    let setAsideCount: () -> Int
    /// Whether wake-ups are still due by the clock of the checkpoint.
    let isFiring: () -> Bool
    /// Opens the live generation; whether a new one must be made, as there is none or it folds under other rules than today's.
    let prepare: ([ActivePolicy]) throws -> Bool
    /// Folds the next batch; returns whether there is more up to the position.
    let foldBatch: (Position) throws -> Bool
    /// When the next customer wants to be woken; nil if none does.
    let earliestWakeUp: () throws -> Timestamp?
    let save: () throws -> Void
    /// Begins a new generation.
    let beginMaking: (RebuildProgress) throws -> Void
    /// Goes on with it a little; whether there is more.
    let goOnMaking: (RebuildProgress) throws -> Bool
    /// Writes it, compares it with the live one and puts it in its place.
    let finishMaking: (RebuildProgress) throws -> Void
    /// Lets what was begun be: the next one goes on with it, or deletes it.
    let stopMaking: () -> Void
    /// Whether the generation that was made last is that of the log as it stands, and nobody has taken it yet.
    let isFresh: () -> Bool
    let takeFresh: () -> RebuildOutcome
    let image: () throws -> ViewImage?
    let close: () -> Void

    init<P: Projector>(_ view: ViewFolding<P>) {
        name = P.name
        checkpoint = { view.checkpoint }
        setAsideCount = { view.setAsideCount }
        isFiring = { view.isFiring }
        prepare = { try view.prepare($0) }
        foldBatch = { try view.foldBatch(through: $0) }
        earliestWakeUp = { try view.earliestWakeUp() }
        save = { try view.save() }
        beginMaking = { try view.beginMaking($0) }
        goOnMaking = { try view.goOnMaking($0) }
        finishMaking = { try view.finishMaking($0) }
        stopMaking = { view.stopMaking() }
        isFresh = { view.isFresh }
        takeFresh = { view.takeFresh() }
        image = { try view.image() }
        close = { view.close() }
    }
}

/// Where an engine folds, and how.
public struct EnginePlace {
    let folder: DataFolder
    let log: LogReader
    let isAccused: Bool
    let saveInterval: Duration
    let tuning: FoldTuning
    let gatherings: Gatherings
}

/// Told as a rebuild goes on: the view, the position reached, and the position to reach; from any thread, one call at a
/// time.
public typealias RebuildProgress = (_ view: String, _ at: Position, _ of: Position) -> Void

/// How a rebuild ended.
public struct RebuildOutcome: Sendable, Equatable {
    public enum Comparison: String, Sendable {
        /// The old generation had the same bits.
        case same
        /// It had other bits, although nothing should have changed: it was damaged, or a fold is not pure.
        case different
        /// It was made under another version or policy, or there was none: nothing to compare.
        case incomparable
    }

    public let view: String
    public let generation: Int
    public let position: Position
    public let digest: Digest256
    public let comparison: Comparison

    public init(view: String, generation: Int, position: Position, digest: Digest256, comparison: Comparison) {
        self.view = view
        self.generation = generation
        self.position = position
        self.digest = digest
        self.comparison = comparison
    }
}
