import Digests
import EventLog
import Touchpoints

/// One generation of one view, open: its fold in memory over its files.
final class Generation<P: Projector> {
    let number: Int
    let fold: ViewFold<P>
    let store: ViewStore?
    private(set) var about: GenerationAbout
    private let marker: FoldingMarker?
    /// A step that is in the states and totals has joined the list of steps to be skipped: they can no longer be gone on
    /// from, and a new generation is to be made without it.
    private(set) var isOutdated = false
    /// These are folded event by event, since a process ended by a trap among them. What comes before was folded once without harm.
    private var cautious: ClosedRange<Position>?

    var tuning: FoldTuning {
        get { fold.tuning }
        set { fold.tuning = newValue }
    }
    /// The events of the batch in hand, as far back as a process that ends now would fold them again.
    private var batch: ClosedRange<Position>?
    /// nil where nothing is written.
    private var outbox: Outbox?
    /// Nobody reads the files yet, so that pages may be written before the whole view stands at a position.
    var mayRunAhead = false {
        didSet { fold.spill = mayRunAhead ? { [unowned self] in try spill() } : nil }
    }
    /// The policy in force at the head, which says for how long effects fire.
    var newest: ActivePolicy

    /// Opens a generation for folding and writing; makes its files where they are missing.
    ///
    /// - Parameter isAccused: whether the process before was seen to end by a trap: the step in hand is then set aside.
    init(
        folder: ViewFolder, number: Int, log: LogReader, policies: [ActivePolicy], isAccused: Bool,
        tuning: FoldTuning = FoldTuning(), gatherings: Gatherings? = nil
    ) throws {
        let path = folder.path(of: number)
        try FileTools.makeFolder(folder.path)
        let store = try ViewStore(path: path, readsOnly: false)
        let marker = try FoldingMarker(path: path + "/folding")
        let schedule = PolicySchedule<P>(policies)
        let saved = try store.loadAbout()
        var about =
            saved
            ?? GenerationAbout(
                version: P.version, policyPosition: policies[policies.count - 1].position,
                policyText: policies.latestText(readBy: P.self))
        // Said at once, so that what ends here before the first save is known again, with its note of the step in hand.
        if saved == nil { try store.save(.init(about: about)) }
        if about.isAhead {
            // A bulk that was interrupted: from the start, with the steps that are known to end a process.
            let traps = about.traps
            about = GenerationAbout(
                version: about.version, policyPosition: about.policyPosition, policyText: about.policyText)
            about.traps = traps
            about.silence = saved?.silence ?? about.silence
            try store.restart(about)
        }
        // Who was killed is not to blame: nothing is gained by folding the same events one by one.
        if isAccused, let note = marker.found, note.isSensible(through: log.head, customers: log.strandCount) {
            cautious = Position(note.from)...Position(note.through)
            if note.event != 0 || note.wakingCustomer != 0 {
                isOutdated = about.accuse(note)
                if !isOutdated { try store.save(.init(about: about)) }
            }
        }
        if !isAccused { marker.clear() }
        self.number = number
        self.store = store
        self.marker = marker
        self.about = about
        newest = policies[policies.count - 1]
        fold = try ViewFold(
            log: log, schedule: schedule, store: store, about: about, marker: marker, gatherings: gatherings)
        fold.cells.keepsEffects = P.hasEffects
        outbox = Outbox(silence: about.silence, isStored: store.hasOutboxRow)
        fold.tuning = tuning
    }

    /// Opens a generation for reading beside the process that writes it; or, with no files, for folding in memory.
    ///
    /// - Parameter standpoint: where the fold is to end; nil: at the head, whatever that is then.
    init(
        readingAt path: String?, number: Int, log: LogReader, policies: [ActivePolicy], standpoint: Standpoint? = nil,
        tuning: FoldTuning = FoldTuning()
    ) throws {
        let store = try path.map { try ViewStore(path: $0, readsOnly: true) }
        self.number = number
        self.store = store
        marker = nil
        newest = policies[policies.count - 1]
        about =
            try store?.loadAbout()
            ?? GenerationAbout(
                version: P.version, policyPosition: policies[policies.count - 1].position, policyText: "")
        fold = try ViewFold(
            log: log, schedule: PolicySchedule(policies), store: store, about: store == nil ? nil : about, marker: nil,
            cut: standpoint?.time, knownAt: standpoint?.position, first: standpoint?.first ?? Position(1))
        fold.tuning = tuning
    }

    /// Opens a generation for a replay up to a standpoint: in an empty folder, or where an interrupted one stands that was
    /// to end there under the same policies.
    init(
        replayingAt path: String, log: LogReader, policies: [ActivePolicy], standpoint: Standpoint, traps: TrapList,
        tuning: FoldTuning
    ) throws {
        let store = try ViewStore(path: path, readsOnly: false)
        number = 0
        self.store = store
        marker = nil
        newest = policies[policies.count - 1]
        let begun = try store.loadAbout()
        if begun?.traps == traps, let begun {
            about = begun
        } else {
            about = GenerationAbout(version: P.version, policyPosition: newest.position, policyText: "")
            about.traps = traps
            about.checkpoint = standpoint.first.previous
            if begun != nil { try store.restart(about) }
        }
        fold = try ViewFold(
            log: log, schedule: PolicySchedule(policies), store: store, about: about, marker: nil,
            cut: standpoint.time, knownAt: standpoint.position, first: standpoint.first)
        fold.tuning = tuning
    }

    func close() { store?.close() }

    /// See ``ViewFold/digest()``.
    func digest() throws -> Digest256 { try fold.digest() }

    /// What the fold reads of its policy.
    var policyText: String { about.policyText }
    var version: Int { about.version }

    /// Takes over the steps that ended a process in another generation, so that they need not end one again. Before
    /// anything is folded: written at once, so that a process that ends here leaves a generation that can be gone on with.
    func inherit(_ other: Generation<P>) throws {
        guard !fold.traps.contains(other.fold.traps) else { return }
        fold.traps.events.formUnion(other.fold.traps.events)
        fold.traps.wakes.formUnion(other.fold.traps.wakes)
        about.traps = fold.traps
        try store?.save(.init(about: about))
    }
}

/// Effects.
extension Generation {
    /// Takes over what the generation before has fired and reached, so that nothing fires twice (rule 39).
    func takeOver(outboxOf live: Generation<P>) throws {
        try live.save()
        guard let store = live.store else { return }
        try takeOver(store.loadOutbox(), .init(through: live.about.checkpoint, by: live.about.wokenThrough))
    }

    /// - Parameter silence: what had been reached; nothing fires for that again.
    func takeOver(_ rows: [(key: [UInt8], bytes: [UInt8])], _ silence: Outbox.Silence) throws {
        guard let store, outbox != nil else { return }
        about.silence.through = max(about.silence.through, silence.through)
        about.silence.by = max(about.silence.by, silence.by)
        outbox!.silence = about.silence
        for start in stride(from: 0, through: rows.count, by: 10_000) {
            var changes = ViewStore.Changes(about: about)
            changes.outbox = Array(rows[start..<min(rows.count, start + 10_000)])
            try store.save(changes)
        }
    }

    /// Fires what the batch's steps have asked for, but for customers who are set aside at its end.
    private func fireEffects() throws {
        guard !fold.cells.effects.isEmpty else { return }
        var effects = fold.cells.effects
        fold.cells.effects = []
        if !fold.setAside.isEmpty {
            effects.removeAll { effect in
                effect.cause.map { fold.setAside[fold.identity.customer(of: $0.strand)] != nil } ?? true
            }
        }
        try outbox?.take(
            effects, under: newest, clock: fold.log.clock, identity: fold.identity,
            written: (fold.checkpoint, fold.clock))
    }
}

/// Folding and writing back.
extension Generation {
    /// Folds the next batch, at most up to `target`, or goes on with the last; whether there is more.
    ///
    /// - Parameter pieces: so many of the batch at most are taken.
    func foldBatch(through target: Position, piecesAtMost pieces: Int = .max) throws -> Bool {
        if fold.isInBatch || fold.remaining != .nothing {
            let batch = batch ?? fold.checkpoint...fold.checkpoint
            try fold(batch, cautiously: cautious?.contains(batch.upperBound) ?? false, piecesAtMost: pieces)
            return isUnfinished || fold.checkpoint < target
        }
        guard fold.checkpoint < target else { return false }
        let next = fold.checkpoint.next
        let isCautious = cautious?.contains(next) ?? false
        var end =
            isCautious
            ? next
            : min(target, Position(fold.checkpoint.rawValue + (mayRunAhead ? Arrivals.mostEvents : tuning.batchSize)))
        if let cautious, next < cautious.lowerBound { end = min(end, cautious.lowerBound.previous) }
        batch = next...end
        try fold(next...end, cautiously: isCautious, piecesAtMost: pieces)
        return isUnfinished || fold.checkpoint < target
    }

    /// The batch in hand is not done.
    private var isUnfinished: Bool { fold.isInBatch || fold.remaining != .nothing }

    private func fold(
        _ batch: ClosedRange<Position>, cautiously isCautious: Bool, piecesAtMost pieces: Int
    ) throws {
        marker?.noteBatch(batch, cautiously: isCautious)
        try fold.fold(through: batch.upperBound, atMost: WorkLimit(wakeUps: tuning.wakeUpLimit, pieces: pieces))
        if !fold.isInBatch { try fireEffects() }
        marker?.clear()
    }

    /// Bytes, about, that the next ``save()`` will write.
    var dirtyBytes: Int {
        fold.table.dirtyPages.count * 16_384 + fold.cells.dirtyCount * 64 + fold.snapshots.editedBytes
            + (outbox?.byteCount ?? 0)
    }

    var isDirty: Bool {
        fold.checkpoint != about.checkpoint || fold.remaining != about.remaining || !fold.table.dirtyPages.isEmpty
    }

    /// Writes the pages of customers whose batch is done while that of others is not.
    private func spill() throws {
        guard let store else { return }
        about.isAhead = true
        var changes = ViewStore.Changes(about: about)
        changes.pages = fold.table.takePacked().map { (UInt32($0.number), $0.bytes) }
        changes.snapshots = fold.snapshots.takeEdits()
        try store.save(changes)
    }

    /// Writes what has changed with the checkpoint, in one transaction; nothing while the view stands at no position.
    func save() throws {
        guard !fold.isInBatch else { return }
        try fireEffects()
        guard let store, isDirty else { return }
        about.checkpoint = fold.checkpoint
        about.clock = fold.clock
        about.policyPosition = fold.schedule.active(at: fold.checkpoint).position
        about.policyText = fold.schedule.active(at: fold.checkpoint).text(readBy: P.self)
        about.traps = fold.traps
        about.remaining = fold.remaining
        about.isAhead = false
        about.wokenThrough = fold.wokenThrough
        var changes = ViewStore.Changes(about: about)
        for (number, bytes) in fold.table.takeDirty(keeping: tuning.residentPages) {
            changes.pages.append((UInt32(number), bytes))
        }
        let labels = fold.cells.labels
        changes.cells = fold.cells.takeDirty().map { ($0.cell, $0.total, labels[$0.cell]) }
        changes.snapshots = fold.snapshots.takeEdits()
        changes.setAside = fold.setAsideChanges
        fold.setAsideChanges = [:]
        changes.outbox = outbox?.takeRows() ?? []
        try store.save(changes)
    }
}

extension GenerationAbout {
    /// Sets the step aside that a note names; says whether it may be in the states and totals that are written.
    ///
    /// - Parameter note: a sensible one.
    fileprivate mutating func accuse(_ note: FoldingMarker.Note) -> Bool {
        // A wake-up due by the clock was fired before in another state: the batch's event is what brought it into this one.
        if note.wakingCustomer != 0, !note.isOfBatch || note.wakingDue > clock.rawValue {
            let customer = CustomerNumber(rawValue: UInt32(note.wakingCustomer))
            traps.wakes.insert(.init(customer: customer, due: Timestamp(rawValue: note.wakingDue)))
            // Where the note is about the checkpoint itself, it is the next wake-up of those that are left.
            return note.wakingDue <= clock.rawValue && note.from > checkpoint.rawValue
        }
        traps.events.insert(Position(note.event))
        return note.event <= checkpoint.rawValue
    }
}
