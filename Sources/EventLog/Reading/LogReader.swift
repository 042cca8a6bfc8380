import LMDB
import Touchpoints

/// Reads the log at one position, in any process, beside its writer.
///
/// ```swift
/// let reader = try LogReader(folder: DataFolder(openingAt: "wayfold-data"))
/// try reader.forEachBlock(Position(1)...reader.head) { block in
///     for index in 0..<block.count { count(block.event(index).type) }
/// }
/// ```
/// A reader stays at its position until ``refresh()``. One caller at a time; in the writer's process, open the
/// writer first. Every read throws ``LogError``.
///
/// What is read block by block (also the tail, at opening) is held against the blocks' checksums, each block once in the
/// life of a reader. A single event read by its position is not, since that would read its whole block: its header is
/// held within the block, nothing else; ``LogVerifier`` checks everything.
public final class LogReader {
    private var log: CommittedLog
    private let folder: DataFolder
    /// The strands of so many aliases at least that were asked for are found again at once; some 25 MiB.
    private static let rememberedAliases = 1 << 18
    /// Nil while there is no index.
    private var index: IndexTables?
    private var indexIdentifier: UInt64?
    /// The block that gave the last alias.
    private var aliasBlock: (strands: ClosedRange<UInt32>, first: Position)?
    /// The last alias that was looked up, and its strand.
    private var lastFound: (alias: Alias, strand: StrandNumber)?
    /// The blocks whose personal values were checked; each begins at one of these positions.
    private var checkedPersonal: Set<Position> = []
    /// Where the reader's log ends but for what it supposes; nil for a reader that supposes nothing.
    private let supposedBehind: Position?

    /// Opens the log at what is committed now. O(events that no run speaks of).
    public init(folder: DataFolder) throws(LogError) {
        self.folder = folder
        supposedBehind = nil
        let tables = try LogTables(folder, .readOnly)
        // Without an index everything is in the tail.
        index = try? IndexTables(folder, .readOnly)
        let runs = index.flatMap { index in
            (try? RunSet(index)).flatMap { runs in (try? runs.decisions()) == nil ? nil : runs }
        }
        indexIdentifier = runs?.identifier
        // The runs first: then the log's snapshot is not older than what they speak of.
        log = try CommittedLog(folder, tables, runs: runs, remembering: Self.rememberedAliases)
        try log.catchUp()
        noteEnd()
    }

    /// A log that goes on with blocks which nobody has written.
    private init(supposing blocks: [BlockBuilder.Packed], behind reader: LogReader) throws(LogError) {
        folder = reader.folder
        index = reader.index
        indexIdentifier = reader.indexIdentifier
        supposedBehind = reader.committedHead
        log = try CommittedLog(supposing: blocks, behind: reader.log)
        noteEnd()
    }

    /// Where the log ends is asked far more often than it changes.
    private func noteEnd() {
        head = log.state.head
        clock = log.state.clock
        strandCount = Int(log.state.strandCount)
    }

    /// The last position that the reader sees.
    public private(set) var head = Position.start
    /// The recorded time of ``head``; the epoch for an empty log.
    public private(set) var clock = Timestamp.epoch
    /// Which life of the log it reads (see ``DataFolder/epoch``).
    public var epoch: Int { folder.epoch }
    /// Strands 1...strandCount exist.
    public private(set) var strandCount = 0
    public var dictionaries: Dictionaries { log.state.dictionaries }
    /// The positions of `policy.activated` and `schema.activated`, in order.
    public var activations: [Activation] { log.state.activations }

    /// Whether nothing was committed since the reader was opened or refreshed. O(1), without a system call.
    public var isNewest: Bool { supposedBehind != nil || log.blocks.snapshot.isNewest }

    /// Goes on to what is committed now; the new head. O(events since), and O(tail) when newer runs are there.
    ///
    /// A reader that supposes events stays where it is.
    @discardableResult
    public func refresh() throws(LogError) -> Position {
        guard supposedBehind == nil else { return head }
        checkedPersonal.removeAll()
        if index == nil { index = try? IndexTables(folder, .readOnly) }
        if let runs = index.flatMap({ try? RunSet($0, knowing: log.runs) }), runs.identifier != indexIdentifier {
            indexIdentifier = runs.identifier
            try log.refresh(with: runs)
        } else {
            try log.refresh()
        }
        noteEnd()
        return head
    }
}

/// What if.
extension LogReader {
    /// The log as it would be if these events were appended now, by a clock that stands still; and
    /// what would become of each.
    ///
    /// The code that decides is the writer's own. Nothing is written: the events are in the memory of the reader that is
    /// returned, which stays at its position for ever. O(events and decisions), in time and in memory.
    public func supposing(
        _ batch: DraftBatch, _ options: AppendOptions = AppendOptions()
    ) throws(LogError) -> (log: LogReader, verdicts: [Verdict]) {
        var staging = Staging(
            behind: log.state, hashedBy: log.hasher, judge: IdentityJudge(log.state.decisions))
        let verdicts = try staging.add(batch, options, now: clock, log: log)
        if options.isStrict, let withheld = verdicts.withheld(behind: head) {
            return (try LogReader(supposing: [], behind: self), withheld)
        }
        staging.finish()
        return (try LogReader(supposing: staging.blocks, behind: self), verdicts)
    }

    /// Whether the reader came from ``supposing(_:_:)``.
    public var isSupposing: Bool { supposedBehind != nil }

    /// The last position that is written; before ``head`` for a reader that supposes events.
    public var committedHead: Position { supposedBehind ?? head }
}

/// Upkeep.
extension LogReader {
    /// How many reads are open in the log and in its indexes, of all processes: what they see cannot be freed meanwhile.
    public var openReads: (log: Int, index: Int) {
        (log.blocks.tables.environment.openReads, index?.environment.openReads ?? 0)
    }

    /// Frees the slots of readers whose processes died: while they stand, the log's file keeps what they saw.
    public func checkReaders() throws(LogError) {
        do { try log.blocks.tables.environment.checkReaders() } catch { throw .storage(error) }
    }
}

/// Events.
extension LogReader {
    /// The event at a position of 1...head; any other traps. O(log blocks), and O(1) for neighbours of one that was read before.
    ///
    /// The view is valid until the reader is refreshed.
    @_lifetime(borrow self)
    public func event(at position: Position) throws(LogError) -> EventView {
        precondition(position > .start && position <= head, "the log ends at \(head)")
        let (place, index) = try log.place(of: position)
        let block = BlockView(checked: place.unsafeValue)
        try block.checkEvent(index)
        return _overrideLifetime(block.event(index), borrowing: self)
    }

    /// Hands on the blocks that hold positions of the range, cut at the head, in order.
    ///
    /// A block may begin before the range and end behind it.
    public func forEachBlock(
        _ range: ClosedRange<Position>, _ body: (borrowing BlockView) throws -> Void
    ) throws {
        try forEachBlock(range, overlapping: .distantPast ... .distantFuture, body)
    }

    /// Hands on the blocks that hold positions of the range and fold times between the two, in order.
    ///
    /// Throws `damaged` at a block whose bytes are not those of its checksum.
    public func forEachBlock(
        _ range: ClosedRange<Position>, overlapping times: ClosedRange<Timestamp>,
        _ body: (borrowing BlockView) throws -> Void
    ) throws {
        try forEachStoredBlock(range) { block in
            guard block.times.overlaps(times) else { return }
            try log.checked.check(block)
            try body(block)
        }
    }

    /// Hands on the blocks that hold positions of the range, cut at the head, in order; their bytes may still be to be checked.
    func forEachStoredBlock(_ range: ClosedRange<Position>, _ body: (borrowing BlockView) throws -> Void) throws {
        let blocks = log.blocks
        let end = min(range.upperBound, head)
        var next = max(range.lowerBound, Position(1))
        guard next <= end else { return }
        try blocks.forEachBlock(from: next) { block in
            next = block.last.next
            try body(block)
            return next <= end
        }
        if next <= end { throw LogError.damaged(next, "the block is missing") }
    }

    /// Whether the bytes of a block were held against its checksum.
    func isChecked(_ block: borrowing BlockView) -> Bool { log.checked.holds(block.first) }

    /// Takes a block for checked that somebody has checked.
    func noteChecked(_ block: borrowing BlockView) { log.checked.note(block.first, block.count) }

    /// The recorded time of an event.
    public func recordedTime(at position: Position) throws(LogError) -> Timestamp {
        try event(at: position).recorded
    }

    /// The last position that was recorded at or before a time; the start when there is none. O(log² blocks).
    public func position(recordedAtOrBefore time: Timestamp) throws(LogError) -> Position {
        try log.blocks.position(recordedAtOrBefore: time, head: head)
    }

    /// The keyed hashes of an event's source and id, and of its content.
    public func hashes(at position: Position) throws(LogError) -> (identity: Hash128, content: UInt64) {
        try log.blocks.identity(at: position)
    }

    /// Where the event with this identity stands.
    public func position(of identity: Hash128) throws(LogError) -> Position? { try log.position(of: identity) }

    /// Hands on an event with its texts, as one that was sent can be compared with it.
    public func withStoredEvent<R>(
        at position: Position, _ body: (borrowing StoredEvent) throws(LogError) -> R
    ) throws(LogError) -> R {
        try log.withStoredEvent(at: position, body)
    }

    /// The salt and the personal part of an event, as they were hashed; nil when they were erased.
    public func saltedEntry(at position: Position) throws(LogError) -> [UInt8]? {
        try log.blocks.saltedEntry(at: position)
    }

    /// The personal part of an event, without its salt; nil when it was erased.
    public func personalEntry(at position: Position) throws(LogError) -> [UInt8]? {
        try log.blocks.personalPart(at: position)
    }
}

/// Types.
extension LogReader {
    /// Whether an event of that type stands at or before a position. O(1) at ``head`` for a type that the log knows, else
    /// O(events up to there).
    public func holds(_ type: EventType, through last: Position) throws(LogError) -> Bool {
        if last == head { return true }
        var next = Position(1)
        while next <= last {
            let blocks = log.blocks
            let block = try blocks.block(at: next)
            try block.checkEvents()
            for index in 0..<block.count where block.event(index).type == type {
                return block.event(index).position <= last
            }
            next = block.last.next
        }
        return false
    }
}

/// Decisions.
extension LogReader {
    /// What joined, split and voided at the positions of a range, in their order. O(log decisions).
    public func decisions(_ range: ClosedRange<Position>) -> ArraySlice<Decision> {
        let all = log.state.decisions
        func index(of position: Position) -> Int {
            var (low, high) = (0, all.count)
            while low < high {
                let middle = (low + high) / 2
                if all[middle].position < position { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return all[index(of: range.lowerBound)..<index(of: range.upperBound.next)]
    }

    /// Who was one customer at a position. O(decisions up to there).
    public func identity(at position: Position) -> Identity {
        var identity = Identity()
        for decision in decisions(.start...position) { identity.apply(decision) }
        return identity
    }
}

/// Strands.
extension LogReader {
    /// The events of a strand in fold order: those with a key behind `key`, up to position `through`; the first
    /// `limit` of them.
    ///
    /// O(log² n in the n events of the strand, + the answer), beside events behind `key` that lie behind `through`. What
    /// no run speaks of yet is sorted when the strand is first asked for.
    public func history(
        of strand: StrandNumber, after key: FoldKey = .start, through last: Position, limit: Int = .max
    ) throws(LogError) -> [FoldKey] {
        try log.history(of: strand, after: key, through: last, limit: limit)
    }

    /// The events of a strand that were recorded behind a position, in no particular order: O(answer); nil where runs speak
    /// of some of them already, so that only ``history(of:after:through:limit:)`` can tell.
    public func recentHistory(of strand: StrandNumber, behind position: Position) -> [FoldKey]? {
        log.recentHistory(of: strand, behind: position)
    }

    /// The strand that has the alias now. O(1) for one that was looked up before, else O(runs x log n).
    public func strand(of alias: Alias) throws(LogError) -> StrandNumber? {
        let hash = log.hasher.hash(alias)
        if let known = log.rememberedStrand(of: hash) { return note(alias, known) }
        guard let found = try log.strand(of: hash) else { return nil }
        log.remember(found, of: hash)
        return note(alias, found)
    }

    /// The position of the last event of the customer who has the alias now, under any of its names; the start without one.
    /// O(decisions of the log, and events of the customer).
    public func lastPosition(of alias: Alias) throws(LogError) -> Position {
        guard let strand = try strand(of: alias) else { return .start }
        let identity = identity(at: head)
        var last = Position.start
        for other in identity.strands(of: identity.customer(of: strand)) {
            last = max(last, try log.lastPosition(of: other))
        }
        return last
    }

    /// Whose alias is found by its hash has that alias, so that the block which says so need not be read: mostly the name
    /// of a customer is asked for right behind.
    private func note(_ alias: Alias, _ strand: StrandNumber) -> StrandNumber {
        lastFound = (alias, strand)
        return strand
    }

    /// The strand that had the alias at a position: the newest of its strands up to there.
    public func strand(of alias: Alias, at position: Position) throws(LogError) -> StrandNumber? {
        let count = UInt32(try strandCount(at: position))
        if let newest = try strand(of: alias), newest.rawValue <= count { return newest }
        return try log.strand(of: log.hasher.hash(alias), among: count)
    }

    /// How many strands there were when the event at a position was stored: 1...strandCount(at:) existed. O(log blocks +
    /// events of a block).
    public func strandCount(at position: Position) throws(LogError) -> Int {
        if position == head { return strandCount }
        guard position > .start else { return 0 }
        let blocks = log.blocks
        let block = try blocks.block(at: position)
        var count = block.strandsBefore
        // Strands are numbered in the order of the events that name them first.
        for index in 0...block.index(of: position) {
            try block.checkEvent(index)
            let event = block.event(index)
            count = max(count, event.strand.rawValue, event.otherStrand.rawValue)
        }
        return Int(count)
    }

    /// The strands that a bare value had at a position under every kind, in the order of the kinds.
    ///
    /// - Parameter position: nil: ``head``.
    public func strands(withValue value: String, at position: Position? = nil) throws(LogError) -> [StrandNumber] {
        let count = UInt32(try strandCount(at: position ?? head))
        var strands: [StrandNumber] = []
        for kind in dictionaries.allKinds {
            let alias = log.hasher.hash(Alias(kind: kind, value: value))
            if let strand = try log.strand(of: alias, among: count) { strands.append(strand) }
        }
        return strands
    }

    /// The alias of a strand of 1...strandCount; nil when it was erased. O(1) for a neighbour of the last one asked
    /// for, else O(log² blocks).
    public func alias(of strand: StrandNumber) throws(LogError) -> Alias? {
        precondition(strand.rawValue >= 1 && strand.rawValue <= strandCount, "there are \(strandCount) strands")
        if let lastFound, lastFound.strand == strand { return lastFound.alias }
        let blocks = log.blocks
        if aliasBlock?.strands.contains(strand.rawValue) != true {
            let block = try blocks.block(from: try blocks.blockOfStrand(strand, head: head))
            aliasBlock = (block.strandsBefore + 1...block.strandsAfter, block.first)
        }
        let first = aliasBlock!.first
        let isNew = checkedPersonal.insert(first).inserted
        let (kind, value) = try blocks.alias(of: strand, inBlockFrom: first, isChecked: !isNew)
        return value.isEmpty ? nil : Alias(kind: dictionaries.name(of: kind), value: value)
    }
}
