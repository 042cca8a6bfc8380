import LMDB
import Touchpoints

/// The log as it was committed at one moment, with what its blocks say: what the writer decides by and readers read.
struct CommittedLog: ~Copyable {
    let hasher: AliasHasher
    private(set) var blocks: LogSnapshot
    private(set) var state: LogState

    /// Opens the log and scans what no run speaks of.
    init(_ folder: DataFolder, _ access: Environment.Access) throws(LogError) {
        let blocks = try LogSnapshot(LogTables(folder, access))
        let hasher = AliasHasher(secret: folder.secret)
        var state = LogState()
        try Self.absorb(blocks, into: &state, hashedBy: hasher)
        self.blocks = blocks
        self.hasher = hasher
        self.state = state
    }

    /// Goes on to what is committed now. O(events since).
    mutating func refresh() throws(LogError) {
        blocks = try LogSnapshot(blocks.tables)
        try Self.absorb(blocks, into: &state, hashedBy: hasher)
    }

    private static func absorb(
        _ blocks: LogSnapshot, into state: inout LogState, hashedBy hasher: AliasHasher
    ) throws(LogError) {
        while let first = try blocks.firstBlock(from: state.head.next) {
            let block = try blocks.block(from: first)
            try state.absorb(block, try blocks.personal(beside: block), hashedBy: hasher)
        }
    }
}

/// What the indexes say.
extension CommittedLog {
    /// Where the event with this identity stands; nil when it is new.
    func position(of identity: Hash128) throws(LogError) -> Position? {
        state.tail.identities[identity].map(Position.init(rawValue:))
    }

    /// The strand that has the alias now.
    func strand(of alias: Hash128) throws(LogError) -> StrandNumber? {
        state.aliases[alias].map { StrandNumber(rawValue: UInt32($0)) }
    }

    /// The position of the strand's last event; the start when it has none.
    func lastPosition(of strand: StrandNumber) throws(LogError) -> Position {
        state.tail.lastPosition(of: strand) ?? .start
    }

    /// The events of a strand in fold order: those behind `key`, up to a position.
    func history(of strand: StrandNumber, after key: FoldKey, through last: Position) throws(LogError) -> [FoldKey] {
        var keys: [FoldKey] = []
        state.tail.forEachStep(of: strand) { if $0 > key && $0.position <= last { keys.append($0) } }
        keys.sort()
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
