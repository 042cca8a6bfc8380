import LMDB
import Touchpoints

/// The log as it was committed at one moment, with what its blocks say: what the writer decides by and readers read.
struct CommittedLog: ~Copyable {
    let hasher: AliasHasher
    private(set) var blocks: LogSnapshot
    private(set) var state: LogState
    private(set) var runs: RunSet?
    var checked = CheckedBlocks()
    private var recent = RecentBlocks()

    /// Opens the log at what is committed now. Nothing is scanned yet: ``catchUp(limit:)`` does that.
    ///
    /// - Parameter limit: of so many aliases that were looked up the strands are remembered.
    init(_ folder: DataFolder, _ tables: LogTables, runs: RunSet?, remembering limit: Int) throws(LogError) {
        let blocks = try LogSnapshot(tables)
        let agreeing =
            try runs.map { runs throws(LogError) in try blocks.agrees(with: runs.manifest) } == true ? runs : nil
        let decisions = try agreeing?.decisions() ?? []
        self.blocks = blocks
        hasher = AliasHasher(secret: folder.secret)
        state =
            agreeing.map { LogState($0.manifest, decisions, found: FoundStrands(limit: limit)) }
            ?? LogState(remembering: limit)
        self.runs = agreeing
    }

    /// Another log with blocks behind its own that nobody has committed. O(their events).
    init(supposing blocks: [BlockBuilder.Packed], behind log: borrowing CommittedLog) throws(LogError) {
        hasher = log.hasher
        self.blocks = log.blocks
        self.blocks.supposed += blocks
        state = log.state
        runs = log.runs
        try catchUp()
    }

    /// Goes on to what is committed now. O(events since).
    mutating func refresh() throws(LogError) {
        try renew()
        try catchUp()
    }

    /// Looks at what is committed now.
    private mutating func renew() throws(LogError) {
        blocks = try LogSnapshot(blocks.tables)
        recent.removeAll()
    }

    /// Goes on to what is committed now, with newer runs. O(events that they do not speak of).
    mutating func refresh(with newRuns: RunSet) throws(LogError) {
        try renew()
        if try blocks.agrees(with: newRuns.manifest) {
            // Aliases that moved in blocks which are not scanned any more are not known to have moved.
            let isAhead = newRuns.manifest.position > state.head
            let known = state.decisions.prefix { $0.position <= newRuns.manifest.position }
            let later = isAhead ? try newRuns.decisions(after: state.head) : []
            state = LogState(
                newRuns.manifest, known + later, found: isAhead ? state.foundNothing() : state.foundWithTails())
            runs = newRuns
        }
        try catchUp()
    }

    /// Scans the blocks behind the state until the tail holds `limit` entries; whether the end was reached.
    @discardableResult
    mutating func catchUp(limit: Int = .max) throws(LogError) -> Bool {
        let blocks = blocks
        while let first = try blocks.firstBlock(from: state.head.next) {
            if state.tail.count >= limit { return false }
            let block = try blocks.block(from: first)
            try checked.check(block)
            try state.absorb(block, try blocks.personal(beside: block), hashedBy: hasher)
        }
        return true
    }

    /// Takes over blocks that were made in this process and are committed now. O(their events).
    mutating func takeCommitted(_ packed: [BlockBuilder.Packed]) throws(LogError) {
        try renew()
        for next in packed {
            let block = BlockView(checked: next.block.span.bytes)
            checked.note(block.first, block.count)
            try state.absorb(block, newAliases: next.newAliases)
        }
    }

    /// Where the block lies that holds a position up to the head, and which of its events stands there.
    mutating func place(of position: Position) throws(LogError) -> (block: ValuePlace, index: Int) {
        if let known = recent.find(position) { return known }
        let blocks = blocks
        let block = try blocks.block(at: position)
        recent.note(block, for: position)
        return (ValuePlace(of: block.bytes), block.index(of: position))
    }

    /// Sets the tail aside, to be written into runs; all tails that wait for that, the oldest first.
    mutating func freezeTail() -> [Tail] {
        state.freezeTail()
        return state.frozen
    }

    /// Takes runs that speak of frozen tails in their place.
    mutating func adopt(_ newRuns: RunSet) {
        runs = newRuns
        state.dropFrozen(through: newRuns.manifest.position)
    }
}

/// What the indexes say.
extension CommittedLog {
    /// Where the event with this identity stands; nil when it is new.
    func position(of identity: Hash128) throws(LogError) -> Position? {
        if let position = state.tail.identities[identity] { return Position(position) }
        for tail in state.frozen {
            if let position = tail.identities[identity] { return Position(position) }
        }
        return try runs?.greatestValue(of: identity, in: .identities).map(Position.init(rawValue:))
    }

    /// The strand that has the alias now.
    func strand(of alias: Hash128) throws(LogError) -> StrandNumber? {
        if let strand = rememberedStrand(of: alias) { return strand }
        return try runs?.greatestValue(of: alias, in: .aliases)
            .map { StrandNumber(rawValue: UInt32(truncatingIfNeeded: $0)) }
    }

    /// The strand that had the alias when there were so many strands. O(runs x log n), and O(strands of the tails) for an
    /// alias that has moved since.
    func strand(of alias: Hash128, among count: UInt32) throws(LogError) -> StrandNumber? {
        if let newest = try strand(of: alias), newest.rawValue <= count { return newest }
        for tail in state.tails {
            if let strand = tail.aliases.last(where: { $0.hash == alias && $0.strand.rawValue <= count })?.strand {
                return strand
            }
        }
        return try runs?.greatestValue(of: alias, in: .aliases, notAbove: UInt64(count))
            .map { StrandNumber(rawValue: UInt32(truncatingIfNeeded: $0)) }
    }

    /// The strand of an alias that is new in a tail or was looked up before. O(1).
    func rememberedStrand(of alias: Hash128) -> StrandNumber? {
        state.strand(of: alias).map { StrandNumber(rawValue: UInt32($0)) }
    }

    /// Remembers a strand that was looked up, so that the next look-up is O(1).
    mutating func remember(_ strand: StrandNumber, of alias: Hash128) { state.remember(strand, of: alias) }

    /// The position of the strand's last event; the start when it has none. O(events of the strand).
    func lastPosition(of strand: StrandNumber) throws(LogError) -> Position {
        for tail in state.tails {
            if let position = tail.lastPosition(of: strand) { return position }
        }
        var last = Position.start
        try runs?.forEachStep(of: strand, from: .start) { last = max(last, $0.position) }
        return last
    }

    /// The first events of a strand in fold order behind `key`, up to a position.
    mutating func history(
        of strand: StrandNumber, after key: FoldKey, through last: Position, limit: Int
    ) throws(LogError) -> [FoldKey] {
        var keys: [FoldKey] = []
        state.forEachStep(of: strand, behind: key, through: last, limit: limit) { keys.append($0) }
        try runs?.forEachStep(of: strand, behind: key, through: last, limit: limit) { keys.append($0) }
        keys.sort()
        return keys.count > limit ? Array(keys[..<limit]) : keys
    }
}

/// What is recent.
extension CommittedLog {
    /// The events of a strand behind a position, in no particular order; nil where runs speak of some of them.
    @inline(never)
    func recentHistory(of strand: StrandNumber, behind position: Position) -> [FoldKey]? {
        guard state.tailStart <= position else { return nil }
        var keys: [FoldKey] = []
        state.forEachStep(of: strand, behind: position) { keys.append($0) }
        return keys
    }
}

/// Whole events.
extension CommittedLog {
    /// Hands on an event with its texts.
    func withStoredEvent<R>(
        at position: Position, _ body: (borrowing StoredEvent) throws(LogError) -> R
    ) throws(LogError) -> R {
        let blocks = blocks
        let block = try blocks.block(at: position)
        let index = block.index(of: position)
        try block.checkEvent(index)
        let event = block.event(index)
        var alias: Alias?
        if !event.strand.isNone {
            let first = try blocks.blockOfStrand(event.strand, head: state.head)
            let (kind, value) = try blocks.alias(of: event.strand, inBlockFrom: first)
            alias = value.isEmpty ? nil : Alias(kind: state.dictionaries.name(of: kind), value: value)
        }
        return try body(
            StoredEvent(
                event: event, personal: try blocks.personalPart(at: position), alias: alias,
                dictionaries: state.dictionaries))
    }
}
