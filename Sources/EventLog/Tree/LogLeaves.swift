public import Digests
public import Touchpoints
import Transparency

/// The leaves of the log's tree of hashes, made of the blocks alone: the indexes and views, which are derived, are not asked.
///
/// Stands at what was committed when it was made, until ``refresh()``. One caller at a time.
public final class LogLeaves {
    private let tables: LogTables
    /// Nil while it rests.
    private var blocks: LogSnapshot?
    private var writer = LeafWriter()
    /// All blocks up to here have given their names.
    private var named = Position.start

    /// The last position that it sees.
    public private(set) var head: Position

    /// O(1); names are read with the first leaf.
    public init(folder: DataFolder) throws(LogError) {
        tables = try LogTables(folder, .readOnly)
        let blocks = try LogSnapshot(tables)
        head = try blocks.head
        self.blocks = blocks
    }

    /// Goes on to what is committed now.
    public func refresh() throws(LogError) {
        let blocks = try LogSnapshot(tables)
        head = try blocks.head
        self.blocks = blocks
    }

    /// Lets go of what was committed, until it is asked again: else the log's writer could not use room that it frees.
    public func rest() { blocks = nil }

    private func opened() throws(LogError) -> LogSnapshot {
        if let blocks { return blocks }
        try refresh()
        return try opened()
    }

    /// Hands on the leaves from a position up to another, cut at the head, in their order. O(events), and O(blocks
    /// before the first) once.
    ///
    /// Throws ``LogError`` at a block that is not whole, and what `body` throws.
    public func forEachLeaf(
        from first: Position, through last: Position, _ body: (Position, _ leaf: RawSpan) throws -> Void
    ) throws {
        let last = min(last, head)
        guard first <= last else { return }
        try takeNames(before: first)
        try opened().forEachBlock(from: first) { block in
            guard block.isIntact else {
                throw LogError.damaged(block.first, "the block's bytes are not the ones of its checksum")
            }
            try block.checkEvents()
            try takeNames(of: block)
            let range = block.index(of: max(first, block.first))..<block.index(of: min(last, block.last)) + 1
            try writer.forEachLeaf(of: block, range) { index, leaf in
                try body(Position(block.first.rawValue + UInt64(index)), leaf)
            }
            return block.last < last
        }
    }

    /// The leaf at a position up to the head.
    public func leaf(at position: Position) throws -> [UInt8] {
        precondition(position > .start && position <= head, "the log ends at \(head)")
        var found: [UInt8] = []
        try forEachLeaf(from: position, through: position) { found = $1.copied() }
        return found
    }

    /// The clear data of an event as JSON, where they are too long for its leaf, which then has only their hash; else nil.
    public func hashedData(at position: Position) throws -> [UInt8]? {
        _ = try leaf(at: position)
        return writer.hashedData
    }

    /// The roots over the first so many leaves, worked out from the log and nothing else. O(events up to the last one).
    ///
    /// - Parameters:
    ///   - sizes: ascending, none beyond the head.
    ///   - progress: told now and then how far it has come, and the last of the sizes.
    public func roots(
        ofFirst sizes: [UInt64], progress: (Position, Position) -> Void = { _, _ in }
    ) throws -> [Digest256] {
        var hasher = TreeHasher()
        var edge = GrowingTree()
        return try sizes.map { size in
            try forEachLeaf(from: Position(edge.size + 1), through: Position(size)) { position, leaf in
                edge.append(hasher.leaf(leaf), &hasher)
                if position.rawValue & 0xFFFF == 0 { progress(position, Position(sizes.last ?? 0)) }
            }
            precondition(edge.size == size, "the log ends at \(head)")
            return edge.root(&hasher)
        }
    }

    /// Reads the names of the blocks in front of a position.
    private func takeNames(before first: Position) throws {
        guard named.next < first else { return }
        try opened().forEachBlock(from: named.next) { block in
            if block.first >= first { return false }
            try takeNames(of: block)
            return block.last.next < first
        }
    }

    private func takeNames(of block: borrowing BlockView) throws(LogError) {
        guard block.first == named.next else { return }
        try writer.addNames(of: block)
        named = block.last
    }
}

extension LogSnapshot {
    /// The last position.
    var head: Position {
        get throws(LogError) {
            guard let last = try lastBlock() else { return .start }
            return try block(from: last).last
        }
    }
}
