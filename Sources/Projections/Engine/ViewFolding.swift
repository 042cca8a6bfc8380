import EventLog
import Touchpoints

/// The engine of one view.
final class ViewFolding<P: Projector> {
    let folder: ViewFolder
    let log: LogReader
    private let isAccused: Bool
    /// What is being made is written after so long where it can be, so that one that is interrupted goes on from there.
    let saveInterval: Duration
    let tuning: FoldTuning
    private let gatherings: Gatherings
    var live: Generation<P>?
    /// The ones that were prepared for.
    private(set) var policies: [ActivePolicy] = []
    /// The generation that is being made.
    var making: Making?
    /// The generation that was made last, until somebody asks for a rebuild: that one is as good.
    private var made: RebuildOutcome?

    /// A generation beside the live one.
    struct Making {
        let generation: Generation<P>
        /// What it reads of the policy, and where it is to end.
        let policyText: String
        let target: Position
        var lastSave = ContinuousClock.now
    }

    init(_ place: EnginePlace) {
        folder = ViewFolder(path: place.folder.viewsPath + "/" + P.name)
        log = place.log
        isAccused = place.isAccused
        saveInterval = place.saveInterval
        tuning = place.tuning
        gatherings = place.gatherings
    }

    var checkpoint: Position { live?.fold.checkpoint ?? .start }
    var setAsideCount: Int { live?.fold.setAside.count ?? 0 }
    var isFiring: Bool { live.map { $0.fold.remaining != .nothing } ?? false }

    /// Opens the live generation; whether a new one must be made.
    func prepare(_ policies: [ActivePolicy]) throws -> Bool {
        self.policies = policies
        if live == nil, let current = folder.current() {
            live = try openIfCurrent(current)
        }
        guard let live else { return true }
        live.newest = policies[policies.count - 1]
        if live.isOutdated { return true }
        if P.order == .occurred { return live.policyText != policies.latestText(readBy: P.self) }
        live.fold.schedule.extend(by: policies)
        return false
    }

    /// The generation as it can be gone on with; nil when another version made it, or it is damaged.
    private func openIfCurrent(_ number: Int) throws -> Generation<P>? {
        guard let about = try GenerationAbout.peek(folder.path(of: number)), about.version == P.version else {
            return nil
        }
        let known = P.order == .recorded ? policies : policies.filter { $0.position == about.policyPosition }
        guard !known.isEmpty else { return nil }
        return try ViewDamage.orNil { try open(number, known) }
    }

    func open(_ number: Int, _ policies: [ActivePolicy]) throws -> Generation<P> {
        try Generation<P>(
            folder: folder, number: number, log: log, policies: policies, isAccused: isAccused, tuning: tuning,
            gatherings: gatherings)
    }

    func foldBatch(through target: Position) throws -> Bool {
        guard let live else { return false }
        let more = try ViewDamage.orNil {
            let more = try live.foldBatch(through: target)
            if live.dirtyBytes > tuning.saveBytes { try live.save() }
            return more
        }
        if let more { return more }
        try replaceDamaged()
        return checkpoint < target
    }

    func earliestWakeUp() throws -> Timestamp? {
        guard let live else { return nil }
        if let due = try ViewDamage.orNil({ Optional(try live.fold.earliestWakeUp()) }) { return due }
        try replaceDamaged()
        return try self.live?.fold.earliestWakeUp()
    }

    func save() throws {
        if try ViewDamage.orNil({ try live?.save() }) == nil, live != nil { try replaceDamaged() }
    }

    /// Makes a new generation in place of the live one, of which something that was read only now is damaged.
    private func replaceDamaged() throws {
        close()
        defer { stopMaking() }
        try beginMaking { _, _, _ in }
        while try goOnMaking({ _, _, _ in }) {}
        try finishMaking { _, _, _ in }
    }

    func image() throws -> ViewImage? { try live.map { try ViewImage($0.fold) } }

    func close() {
        live?.close()
        live = nil
    }

    /// Puts a new generation in the place of the live one.
    func replaceLive(by generation: Generation<P>, _ outcome: RebuildOutcome) throws {
        try folder.makeCurrent(generation.number)
        live?.close()
        live = generation
        folder.removeOld()
        made = outcome
    }

    /// Whether the generation that was made last is that of the log as it stands, and nobody has taken it yet.
    var isFresh: Bool { made?.position == log.head }

    func takeFresh() -> RebuildOutcome {
        defer { made = nil }
        return made!
    }
}

extension [ActivePolicy] {
    /// What a view reads of the policy in force at the head.
    func latestText<P: Projector>(readBy _: P.Type) -> String { self[count - 1].text(readBy: P.self) }
}
