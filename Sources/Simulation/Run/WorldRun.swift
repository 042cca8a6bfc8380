import EventLog
public import Projections
import Synchronization
import Touchpoints

/// A world on its way: its log, its views, and the model that they are held against.
///
/// ```swift
/// let world = World(seed: 4711, views: Catalogue.simulated.names)
/// let counts = try await WorldRun.run(world, Catalogue.simulated)
/// ```
public final class WorldRun {
    let world: World
    let catalogue: Catalogue
    private let scratch = ScratchFolder()
    let folder: DataFolder
    private let now = Now()
    private var writer: LogWriter?
    /// Nil only while the log is opened again.
    private var reader: LogReader?
    private(set) var engine: FoldEngine?
    /// Stays open from one comparison to the next.
    private var kept: ViewAnswers?
    /// The policies that the engine has seen.
    private(set) var enginePolicies: [ActivePolicy] = []
    private(set) var tuning = FoldTuning()
    var counts = ExerciseCounts()

    /// The model's own knowledge: the records, and what was sent to become them.
    private(set) var records: [Record] = []
    private(set) var policies: [ActivePolicy] = []
    private(set) var sent: [Happening] = []
    private var policyCheckpoint = 0
    /// What the model makes of who is who.
    var judge = NaiveJudge()
    /// Customers that each view has set aside when it was compared last.
    var setAside: [String: Set<UInt32>] = [:]

    private final class Now: Sendable {
        let value = Mutex(Timestamp.epoch)
    }

    private init(_ world: World, _ catalogue: Catalogue) throws {
        self.world = world
        self.catalogue = Catalogue(catalogue.projectors.filter { world.views.contains($0.name) })
        folder = try DataFolder(creatingAt: scratch.path + "/data")
        try openLog()
    }

    /// Takes the world's steps, and holds everything against the model on the way and at the end.
    ///
    /// Throws ``Mismatch`` where something differs, and what the runtime throws where it should not.
    public static func run(_ world: World, _ catalogue: Catalogue) async throws -> ExerciseCounts {
        try await run(world, catalogue) { _ in }
    }

    /// - Parameter atEnd: called when everything has been compared, while the log is open.
    static func run(
        _ world: World, _ catalogue: Catalogue, atEnd: (WorldRun) throws -> Void
    ) async throws -> ExerciseCounts {
        let run = try WorldRun(world, catalogue)
        for step in world.steps { try await run.take(step) }
        try run.compareAtEnd()
        try atEnd(run)
        try await run.closeLog()
        return run.counts
    }

    var log: LogReader { reader! }

    /// Answers that were opened before, and have gone on since with whatever happened.
    func keptAnswers() throws -> ViewAnswers {
        let answers = try kept ?? ViewAnswers(folder: folder, catalogue: catalogue, tuning: tuning, isFresh: false)
        try answers.refresh()
        kept = answers
        return answers
    }

    private func take(_ step: WorldStep) async throws {
        switch step {
        case .append(let append): try await take(append)
        case .fold: try fold()
        case .save: try engine?.save()
        case .close: try closeEngine()
        case .abandon: abandonEngine()
        case .restartLog:
            try await closeLog()
            try openLog()
            counts[.logRestarts] += 1
        case .dropIndex:
            kept = nil
            try await closeLog()
            ScratchFolder.remove(folder.indexPath)
            try openLog()
            counts[.indexesDropped] += 1
        case .dropView(let name):
            abandonEngine()
            ScratchFolder.remove(folder.viewsPath + "/" + name)
            counts[.viewsDropped] += 1
        case .rebuild(let name): try rebuild(name)
        case .tune(let tuning):
            self.tuning = tuning
            kept = nil
        case .compare(.states): try compareStates()
        case .compare(.answers):
            abandonEngine()
            try compareAnswers()
        }
    }
}

/// The log.
extension WorldRun {
    private func openLog() throws {
        let now = now
        writer = try LogWriter(
            folder: folder, now: { now.value.withLock { $0 } }, tailLimit: world.tailLimit)
        reader = try LogReader(folder: folder)
    }

    private func closeLog() async throws {
        abandonEngine()
        reader = nil
        try await writer?.close()
        writer = nil
    }

    private func take(_ append: WorldStep.Append) async throws {
        let before = now.value.withLock { now in
            defer { now = append.now }
            return now
        }
        if append.now < before { counts[.clockBack] += 1 }
        var options = AppendOptions()
        options.maxFuture = .hours(100_000)
        options.asFirst = append.isFirst
        options.backfill = append.isBackfill
        if let policy = policies.last {
            options.identity = policy.policy.identity
            options.zone = policy.zone
        }
        if append.isImport { options.recordedTime = .occurred }
        let verdicts = try await writer!.append(DraftBatch(append.happenings), options)
        try log.refresh()
        try log.append(to: &records)
        try check(append, verdicts)
        for record in records[policyCheckpoint...] where record.type == .policyActivated {
            policies.append(try record.policy)
            counts[.policies] += 1
        }
        policyCheckpoint = records.count
    }

    func remember(_ happening: Happening) { sent.append(happening) }
}

/// The engine.
extension WorldRun {
    private func open() throws -> FoldEngine {
        if let engine { return engine }
        let opened = try FoldEngine(
            folder: folder, catalogue: catalogue, saveInterval: .seconds(100_000), tuning: tuning)
        engine = opened
        return opened
    }

    private func fold() throws {
        let engine = try open()
        enginePolicies = policies
        guard try engine.catchUp() == log.head else { throw Mismatch("the engine stopped before the head") }
    }

    func closeEngine() throws {
        guard let engine else { return }
        try engine.close()
        self.engine = nil
        counts[.closes] += 1
    }

    private func abandonEngine() {
        guard let engine else { return }
        engine.abandon()
        self.engine = nil
        counts[.abandons] += 1
    }

    private func rebuild(_ name: String) throws {
        enginePolicies = policies
        for outcome in try open().rebuild([name], { _, _, _ in }) where outcome.comparison == .different {
            throw Mismatch("\(outcome.view): rebuilt, it is another one")
        }
        counts[.rebuilds] += 1
    }
}
