import Digests
import Glibc
import Touchpoints

/// Makes a log again of its sealed events, in a folder that becomes a data folder at the end.
///
/// Numbers of names and strands are given in the order in which events bring them, as the log's writer does, and the leaf of each
/// event that was stored is held against the one that was given. Blocks are committed some 16 MiB at a time.
package struct LogRebuild: ~Copyable {
    private static let commitBytes = 16 << 20

    /// No data folder until ``publish()``.
    package let folder: DataFolder
    private let hasMadeFolder: Bool
    private let lock: FolderLock
    private let tables: LogTables
    private var dictionaries = Dictionaries()
    private var strandCount: UInt32 = 0
    /// The last event.
    package private(set) var head = Position.start
    private var digest = Digest256.zero
    private var builder = BlockBuilder(first: Position(1), strandsBefore: 0)
    /// Of the events in the builder, as they were given.
    private var leaves: [[UInt8]] = []
    private var leafWriter = LeafWriter()
    /// Not committed yet.
    private var blocks: [BlockBuilder.Packed] = []
    private var waitingBytes = 0
    private var sha256 = SHA256()

    /// - Parameters:
    ///   - path: nothing, or an empty folder.
    ///   - secret: the folder's 32 bytes of the log that is made again.
    ///   - epoch: the new life's number.
    package init(at path: String, secret: [UInt8], epoch: Int) throws(LogError) {
        hasMadeFolder = access(path, F_OK) != 0
        let folder = try DataFolder(beginningAt: path, secret: secret, epoch: epoch)
        guard let lock = try FolderLock(folder) else { throw .folder("\(path) is being written by another process") }
        tables = try LogTables(folder, .readWrite)
        self.folder = folder
        self.lock = lock
    }

    /// Adds the next event.
    ///
    /// - Parameter data: its clear data as they are stored, of which a long leaf has only the hash.
    /// - Throws: ``SealedEventFault`` for one that cannot be stored, or not as its leaf says; that may be an event before, too.
    package mutating func add(_ event: SealedEvent, data: [UInt8]) throws {
        if builder.byteCount + BlockLayout.maxEventByteCount > BlockLayout.maxByteCount { try pack() }
        do {
            try stage(event, data)
        } catch {
            throw SealedEventFault(position: head.next, refusal: error)
        }
        leaves.append(event.leaf)
        head = head.next
    }

    private mutating func stage(_ event: SealedEvent, _ data: [UInt8]) throws(Refusal) {
        let leaf = try LeafFields(event.leaf)
        guard try leaf.number("position") == head.next.rawValue else {
            throw Refusal(field: "position", reason: "expected \(head.next)")
        }
        var draft = Draft()
        draft.sequence = try leaf.number("sequence")
        draft.session = try leaf.hashes("session", count: 1)[0]
        draft.order = try leaf.hashes("order", count: 1)[0]
        draft.amount = try leaf.number("amount")
        draft.currency = try leaf.currency()
        let identity = try leaf.hashes("identity", count: 2)
        draft.identity = Hash128(high: identity[0], low: identity[1])
        draft.content = try leaf.hashes("content", count: 1)[0]
        var decided = BlockBuilder.Decided(
            occurred: try leaf.time("occurred"), recorded: try leaf.time("recorded"),
            strand: StrandNumber(rawValue: try leaf.number("strand")), type: try type(leaf),
            channel: ChannelNumber(rawValue: try number(leaf, .channel)),
            source: SourceNumber(rawValue: try number(leaf, .source)),
            actor: ActorNumber(rawValue: try number(leaf, .actor)),
            flags: EventHeader.Flags(rawValue: try leaf.number("flags")), decision: try leaf.decision(),
            otherStrand: StrandNumber(rawValue: try leaf.number("otherStrand")))
        let clear = try leaf.clear(data)
        decided.clear = clear
        guard clear.count + event.personal.count < BlockLayout.maxEventByteCount else {
            throw Refusal(field: "", reason: "the event takes more than \(BlockLayout.maxEventByteCount) bytes")
        }
        try addStrands(leaf, event.aliases)
        guard max(decided.strand.rawValue, decided.otherStrand.rawValue) <= strandCount else {
            throw Refusal(field: "strand", reason: "there are \(strandCount) strands up to here")
        }
        let salted = try builder.add(draft, decided, salted: event.salt.salting(event.personal), sha256: &sha256)
        guard try salted == leaf.digest("personal") else {
            throw Refusal(field: "personal", reason: "the salt and the personal part have another hash")
        }
    }

    private mutating func type(_ leaf: LeafFields) throws(Refusal) -> EventType {
        if let builtIn = try leaf.text("type").flatMap({ EventType(builtIn: $0) }) { return builtIn }
        return EventType(rawValue: try number(leaf, .type))
    }

    /// The number of the text of the member of that name; 0 without one.
    private mutating func number(_ leaf: LeafFields, _ table: NameAddition.Table) throws(Refusal) -> UInt16 {
        try leaf.text("\(table)").map { name throws(Refusal) in try number(of: name, table) } ?? 0
    }

    private mutating func number(of name: String, _ table: NameAddition.Table) throws(Refusal) -> UInt16 {
        if let number = dictionaries[table].number(of: name) { return number }
        guard let number = dictionaries[table].nextNumber else {
            throw Refusal(field: "\(table)", reason: "a log has at most 65,535 different ones")
        }
        let addition = NameAddition(table: table, number: number, name: name)
        _ = dictionaries.add(addition)
        builder.add(addition)
        return number
    }

    private mutating func addStrands(_ leaf: LeafFields, _ aliases: [SealedEvent.Alias]) throws(Refusal) {
        let strands = leaf.newStrands
        guard strands.count == aliases.count, strandCount < .max - UInt32(strands.count) else {
            throw Refusal(
                field: "newStrands", reason: "the leaf names \(strands.count), and there are \(aliases.count) aliases")
        }
        for (strand, alias) in zip(strands, aliases) {
            strandCount += 1
            guard try leaf.number("strand", in: strand) == strandCount, let kind = try leaf.text("kind", in: strand)
            else {
                throw Refusal(field: "newStrands", reason: "expected strand \(strandCount) and the kind of its alias")
            }
            let salted = builder.addStrand(
                kind: KindNumber(rawValue: try number(of: kind, .kind)), salted: try alias.salt.salting(alias.value),
                sha256: &sha256)
            guard try salted == leaf.digest("alias", in: strand) else {
                throw Refusal(
                    field: "newStrands", reason: "the salt and the alias of strand \(strandCount) have another hash")
            }
        }
    }
}

/// Blocks.
extension LogRebuild {
    private mutating func pack() throws {
        guard builder.count > 0 else { return }
        let packed = builder.packed(previousDigest: digest, sha256: &sha256)
        try check(packed)
        digest = packed.digest
        blocks.append(packed)
        waitingBytes += packed.block.count + packed.personal.count
        builder = BlockBuilder(first: head.next, strandsBefore: strandCount, expecting: builder.count)
        leaves.removeAll(keepingCapacity: true)
        if waitingBytes >= Self.commitBytes { try commit() }
    }

    /// Whether the leaves of a block's events are those that were given.
    private mutating func check(_ packed: BlockBuilder.Packed) throws {
        let bytes = packed.block.span.bytes
        try BlockView.check(bytes, key: packed.first)
        let block = BlockView(checked: bytes)
        try block.checkEvents()
        try leafWriter.addNames(of: block)
        let leaves = leaves
        try leafWriter.forEachLeaf(of: block, 0..<block.count) { index, leaf in
            let stored = leaf.copied()
            if stored == leaves[index] { return }
            let field = JSONTape.firstDifference(leaves[index], stored)
            let position = Position(packed.first.rawValue + UInt64(index))
            throw SealedEventFault(
                position: position, refusal: Refusal(field: field, reason: "is not what an event has that is stored so")
            )
        }
    }

    private mutating func commit() throws(LogError) {
        do { try tables.append(blocks) } catch { throw .storage(error) }
        blocks.removeAll()
        waitingBytes = 0
    }

    /// Writes what waits.
    package mutating func finish() throws {
        try pack()
        try commit()
    }

    /// Makes a data folder of it: what was rebuilt was found good.
    package consuming func publish() throws(LogError) -> DataFolder {
        try writeFile(DataFolder.format, named: "format", in: folder.path)
        return try DataFolder(openingAt: folder.path)
    }

    /// Removes all of it.
    package consuming func discard() {
        for name in ["log", "index"] { removeFolder(folder.path + "/" + name) }
        for name in (try? names(in: folder.path)) ?? [] { unlink(folder.path + "/" + name) }
        if hasMadeFolder { rmdir(folder.path) }
    }
}

extension [UInt8] {
    /// The salt that these bytes are, and behind it what it is for.
    fileprivate func salting(_ part: [UInt8]) throws(Refusal) -> [UInt8] {
        guard count == BlockLayout.saltByteCount else {
            throw Refusal(field: "salt", reason: "expected \(2 * BlockLayout.saltByteCount) hexadecimal digits")
        }
        return self + part
    }
}
