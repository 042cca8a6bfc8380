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
    /// Opens the live generation, and makes one where there is none or it folds under other rules than today's.
    let prepare: ([ActivePolicy], RebuildProgress) throws -> Void
    /// Folds the next batch; returns whether there is more up to the position.
    let foldBatch: (Position) throws -> Bool
    /// When the next customer wants to be woken; nil if none does.
    let earliestWakeUp: () throws -> Timestamp?
    let save: () throws -> Void
    let rebuild: ([ActivePolicy], RebuildProgress) throws -> RebuildOutcome
    let image: () throws -> ViewImage?
    let close: () -> Void

    init<P: Projector>(_ view: ViewFolding<P>) {
        name = P.name
        checkpoint = { view.checkpoint }
        setAsideCount = { view.setAsideCount }
        isFiring = { view.isFiring }
        prepare = { try view.prepare($0, $1) }
        foldBatch = { try view.foldBatch(through: $0) }
        earliestWakeUp = { try view.earliestWakeUp() }
        save = { try view.save() }
        rebuild = { try view.rebuild($0, $1) }
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

/// The engine of one view.
final class ViewFolding<P: Projector> {
    /// A transaction of a view dirties at most 64 MiB; batches end before that.

    private let folder: ViewFolder
    private let log: LogReader
    private let isAccused: Bool
    /// A rebuild writes back after so long, so that one that is interrupted goes on from there.
    private let saveInterval: Duration
    private let tuning: FoldTuning
    private let gatherings: Gatherings
    private var live: Generation<P>?
    /// The ones that were prepared for.
    private var policies: [ActivePolicy] = []
    /// The generation that had to be made on the way, until somebody asks for a rebuild: that one is as good.
    private var fresh: RebuildOutcome?

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

    func prepare(_ policies: [ActivePolicy], _ progress: RebuildProgress) throws {
        self.policies = policies
        if live == nil, let current = folder.current() {
            live = try openIfCurrent(current, policies)
        }
        guard let live else {
            fresh = try makeGeneration(policies, progress)
            return
        }
        live.newest = policies[policies.count - 1]
        if live.isOutdated {
            fresh = try makeGeneration(policies, progress)
        } else if P.order == .recorded {
            live.fold.schedule.extend(by: policies)
        } else if live.policyText != policies.latestText(readBy: P.self) {
            fresh = try makeGeneration(policies, progress)
        }
    }

    /// The generation as it can be gone on with; nil when another version made it, or it is damaged.
    private func openIfCurrent(_ number: Int, _ policies: [ActivePolicy]) throws -> Generation<P>? {
        guard let about = try GenerationAbout.peek(folder.path(of: number)), about.version == P.version else {
            return nil
        }
        let known = P.order == .recorded ? policies : policies.filter { $0.position == about.policyPosition }
        guard !known.isEmpty else { return nil }
        return try ViewDamage.orNil {
            try Generation<P>(
                folder: folder, number: number, log: log, policies: known, isAccused: isAccused, tuning: tuning,
                gatherings: gatherings)
        }
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
        fresh = try makeGeneration(policies) { _, _, _ in }
    }

    func image() throws -> ViewImage? { try live.map { try ViewImage($0.fold) } }

    func close() {
        live?.close()
        live = nil
    }

    func rebuild(_ policies: [ActivePolicy], _ progress: RebuildProgress) throws -> RebuildOutcome {
        defer { fresh = nil }
        if let fresh, fresh.position == log.head { return fresh }
        return try makeGeneration(policies, progress)
    }

    private func makeGeneration(_ policies: [ActivePolicy], _ progress: RebuildProgress) throws -> RebuildOutcome {
        let text = policies.latestText(readBy: P.self)
        let target = log.head
        progress(P.name, .start, target)
        let building = try build(policies, policyText: text, through: target, progress)
        try building.save()
        progress(P.name, target, target)
        let digest = try building.digest()
        let comparison = try compare(digest, policyText: text, at: target)
        try folder.makeCurrent(building.number)
        live?.close()
        live = building
        folder.removeOld()
        return RebuildOutcome(
            view: P.name, generation: building.number, position: target, digest: digest, comparison: comparison)
    }

    /// A generation that is folded up to `target`: one that was left half-way, or a new one.
    private func build(
        _ policies: [ActivePolicy], policyText: String, through target: Position, _ progress: RebuildProgress
    ) throws -> Generation<P> {
        let number = try numberForBuilding(policyText: policyText)
        let known = P.order == .recorded ? policies : policies.suffix(1)
        func open() throws -> Generation<P> {
            try Generation<P>(
                folder: folder, number: number, log: log, policies: Array(known), isAccused: isAccused, tuning: tuning,
                gatherings: gatherings)
        }
        func build() throws -> Generation<P> {
            var building = try open()
            if building.isOutdated {
                let outdated = building
                outdated.close()
                folder.remove(number)
                building = try open()
                try building.inherit(outdated)
            }
            do {
                if let live { try building.inherit(live) }
                building.newest = policies[policies.count - 1]
                try takeOverOutbox(into: building)
                try withoutActuallyEscaping(progress) { try fold(building, through: target, $0) }
                return building
            } catch {
                building.close()
                throw error
            }
        }
        if let building = try ViewDamage.orNil(build) { return building }
        // What was left half-way is damaged: from the start, where there is nothing to find damaged.
        folder.remove(number)
        return try build()
    }

    private func fold(
        _ building: Generation<P>, through target: Position, _ progress: @escaping RebuildProgress
    ) throws {
        building.mayRunAhead = true
        building.fold.progress = { progress(P.name, $0, target) }
        defer {
            building.mayRunAhead = false
            building.fold.progress = nil
        }
        var lastSave = ContinuousClock.now
        while try building.foldBatch(through: target) {
            if building.dirtyBytes > tuning.saveBytes || ContinuousClock.now - lastSave > saveInterval {
                try building.save()
                lastSave = ContinuousClock.now
            }
            progress(P.name, building.fold.checkpoint, target)
        }
    }

    /// Hands a new generation what the live one has fired. Where that cannot be read, nothing fires for what is in the
    /// log by now: rather never than twice.
    private func takeOverOutbox(into building: Generation<P>) throws {
        if let live {
            if try ViewDamage.orNil({ try building.takeOver(outboxOf: live) }) != nil { return }
        } else if let current = folder.current() {
            let isTaken: Void? = try ViewDamage.orNil {
                let store = try ViewStore(path: folder.path(of: current), readsOnly: true)
                defer { store.close() }
                guard let about = try store.loadAbout() else { return nil }
                let silence = Outbox.Silence(through: about.checkpoint, by: about.wokenThrough)
                return try building.takeOver(store.loadOutbox(), silence)
            }
            if isTaken != nil { return }
        } else if !folder.isCurrentDamaged {
            return
        }
        try building.takeOver([], .init(through: log.head, by: log.clock))
    }

    /// The number of a generation that an interrupted rebuild has left, if it folds under the same rules; else a new
    /// one. What else was left is deleted.
    private func numberForBuilding(policyText: String) throws -> Int {
        let current = folder.current() ?? 0
        for number in folder.generations().reversed() where number > current {
            if let about = try GenerationAbout.peek(folder.path(of: number)), about.version == P.version,
                P.order == .recorded || about.policyText == policyText,
                about.traps.contains(live?.fold.traps ?? TrapList())
            {
                return number
            }
            folder.remove(number)
        }
        return current + 1
    }

    private func compare(
        _ digest: Digest256, policyText: String, at target: Position
    ) throws -> RebuildOutcome.Comparison {
        guard let live, !live.isOutdated, P.order == .recorded || live.policyText == policyText,
            live.fold.checkpoint <= target
        else { return .incomparable }
        return try ViewDamage.orNil {
            while try live.foldBatch(through: target) {}
            return try live.digest() == digest ? .same : .different
        } ?? .different
    }
}

extension [ActivePolicy] {
    /// What a view reads of the policy in force at the head.
    func latestText<P: Projector>(readBy _: P.Type) -> String { self[count - 1].text(readBy: P.self) }
}
