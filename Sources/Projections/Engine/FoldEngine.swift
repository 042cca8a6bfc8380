public import EventLog
public import Touchpoints

/// Folds every view of the catalogue to the head of the log and writes them back: the owner's half of the views.
///
/// One per data folder. After an unclean end it folds the batch in hand event by event; if that ends a process again,
/// the next engine, told so, sets the step aside (see ``FoldingMarker``).
public final class FoldEngine {
    /// At most so long do states wait in memory to be written back.
    public static let saveInterval = Duration.seconds(5)

    public let log: LogReader
    private var history = PolicyHistory()
    private let gatherings: Gatherings
    private let views: [ViewEngine]
    private let saveInterval: Duration
    private var lastSave = ContinuousClock.now

    /// - Parameter isAccused: the engine before was seen to end by a trap while it folded event by event.
    public convenience init(
        folder: DataFolder, catalogue: Catalogue, isAccused: Bool = false, tuning: FoldTuning = FoldTuning()
    ) throws {
        try self.init(
            folder: folder, catalogue: catalogue, isAccused: isAccused, saveInterval: Self.saveInterval, tuning: tuning)
    }

    /// - Parameter saveInterval: another one than ``saveInterval``, for tests.
    package init(
        folder: DataFolder, catalogue: Catalogue, isAccused: Bool = false, saveInterval: Duration,
        tuning: FoldTuning = FoldTuning()
    ) throws {
        let log = try LogReader(folder: folder)
        let gatherings = Gatherings(limit: tuning.sharedEvents)
        let place = EnginePlace(
            folder: folder, log: log, isAccused: isAccused, saveInterval: saveInterval, tuning: tuning,
            gatherings: gatherings)
        self.log = log
        self.gatherings = gatherings
        self.saveInterval = saveInterval
        views = catalogue.projectors.map { $0.makeEngine(place) }
    }

    /// Folds everything that is in the log now; returns the position reached.
    ///
    /// The views take turns, a batch of events or of wake-ups each. While one has many wake-ups to fire, the others go
    /// on with what has come to the log since.
    ///
    /// - Parameter progress: called about once a batch with the position that every view has reached, and the head.
    public func catchUp(
        rebuilding: RebuildProgress = { _, _, _ in }, progress: (Position, Position) -> Void = { _, _ in }
    ) throws -> Position {
        var head = try refresh(rebuilding)
        guard head > .start else { return head }
        var more = true
        while more {
            more = false
            for view in views where try view.foldBatch(head) { more = true }
            progress(views.map { $0.checkpoint() }.min() ?? head, head)
            if ContinuousClock.now - lastSave > saveInterval { try save() }
            if views.contains(where: { $0.isFiring() }) { head = try refresh(rebuilding) }
        }
        return head
    }

    /// When the next customer of any view wants to be woken, as the views stand; nil if none does.
    public func earliestWakeUp() throws -> Timestamp? {
        try views.compactMap { try $0.earliestWakeUp() }.min()
    }

    private func refresh(_ rebuilding: RebuildProgress) throws -> Position {
        gatherings.removeAll()
        let head = try log.refresh()
        try history.refresh(from: log)
        guard !history.policies.isEmpty else { return .start }
        try make(views.filter { try $0.prepare(history.policies) }, rebuilding)
        return head
    }

    /// Makes new generations of views side by side, a piece of the log's events each in turn: what the first has fetched
    /// from memory is at hand for the others.
    private func make(_ views: [ViewEngine], _ progress: RebuildProgress) throws {
        defer { for view in views { view.stopMaking() } }
        for view in views { try view.beginMaking(progress) }
        var unfinished = views
        while !unfinished.isEmpty { unfinished = try unfinished.filter { try $0.goOnMaking(progress) } }
        for view in views { try view.finishMaking(progress) }
    }

    /// Writes back what has changed, one view after the other, each in one synced transaction.
    ///
    /// Also frees the slots of readers that died, of the log and of the views.
    public func save() throws {
        for view in views { try view.save() }
        try log.checkReaders()
        lastSave = ContinuousClock.now
    }

    /// Makes new generations of views from the whole log, and switches to them; the old ones answer until then.
    public func rebuild(_ names: [String], _ progress: RebuildProgress) throws -> [RebuildOutcome] {
        _ = try refresh(progress)
        guard !history.policies.isEmpty else { return [] }
        let chosen = views.filter { names.contains($0.name) }
        try make(chosen.filter { !$0.isFresh() }, progress)
        return chosen.map { $0.takeFresh() }
    }

    public func close() throws {
        try save()
        for view in views { view.close() }
    }

    /// Lets go of the files as they were written back last, as a process does that ends.
    package func abandon() {
        for view in views { view.close() }
    }

    /// All that a view holds now, written back or not; nil for a view without a generation.
    package func image(of name: String) throws -> ViewImage? { try views.first { $0.name == name }?.image() }

    /// Customers set aside, by view.
    public var setAsideCounts: [String: Int] {
        Dictionary(uniqueKeysWithValues: views.map { ($0.name, $0.setAsideCount()) })
    }
}
