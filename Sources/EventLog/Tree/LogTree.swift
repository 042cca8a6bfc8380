public import Digests
public import Touchpoints
public import Transparency

/// The tree of hashes over the log, as far as it was committed: what the folder `tree` holds, and what is missing there, hashed in
/// memory.
///
/// ```swift
/// let tree = try LogTree(folder: folder)
/// let proof = try tree.inclusionProof(of: position.rawValue - 1, inFirst: tree.size)
/// ```
/// The leaf of a position has the index before it: position 1 is leaf 0. One caller at a time.
public final class LogTree: TileRows {
    public let leaves: LogLeaves
    private var stored: RowFiles?
    private var storedSize: UInt64 = 0
    /// By level: the hashes behind the stored ones.
    private var tail: [[Digest256]] = []
    private var edge = GrowingTree()
    private var hasher = TreeHasher()

    /// O(events that the folder `tree` does not have); 32 bytes of memory each.
    ///
    /// - Parameter progress: told now and then how far it has come, and the head.
    public init(folder: DataFolder, progress: (Position, Position) -> Void = { _, _ in }) throws {
        leaves = try LogLeaves(folder: folder)
        if let mark = try RowFiles.mark(folder.treePath) {
            let files = RowFiles(folder.treePath)
            edge = try files.edge(mark, leaves)
            (stored, storedSize) = (files, mark.size)
        }
        try catchUp(progress)
    }

    /// Goes on to what is committed now.
    public func refresh() throws {
        try leaves.refresh()
        try catchUp { _, _ in }
    }

    /// Lets go of the log until it is asked again; see ``LogLeaves/rest()``.
    public func rest() { leaves.rest() }

    /// How many leaves there are in memory alone.
    public var unsavedCount: UInt64 { size - storedSize }

    /// How many leaves there are.
    public var size: UInt64 { edge.size }
    /// The root over all of them.
    public var root: Digest256 { edge.root(&hasher) }

    public func row(_ level: Int, _ range: Range<UInt64>) throws -> [Digest256] {
        let first = Tile.count(level: level, size: storedSize)
        var hashes: [Digest256] = []
        if let stored, range.lowerBound < first {
            hashes = try stored.row(level, range.lowerBound..<min(first, range.upperBound))
        }
        if range.upperBound > first {
            let held = Int(max(first, range.lowerBound) - first)..<Int(range.upperBound - first)
            hashes += tail[level][held]
        }
        return hashes
    }

    /// The entries of a bundle, each with its length before it in two bytes: C2SP tlog-tiles.
    public func bundle(_ tile: Tile) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let range = tile.range
        try leaves.forEachLeaf(from: Position(range.lowerBound + 1), through: Position(range.upperBound)) { _, leaf in
            bytes += [UInt8(truncatingIfNeeded: leaf.byteCount >> 8), UInt8(truncatingIfNeeded: leaf.byteCount)]
            bytes += leaf.copied()
        }
        return bytes
    }

    private func catchUp(_ progress: (Position, Position) -> Void) throws {
        try leaves.forEachLeaf(from: Position(edge.size + 1), through: leaves.head) { position, leaf in
            edge.append(hasher.leaf(leaf), &hasher) { level, hash in
                guard level % Tile.height == 0 else { return }
                while tail.count <= level / Tile.height { tail.append([]) }
                tail[level / Tile.height].append(hash)
            }
            if position.rawValue & 0xFFFF == 0 { progress(position, leaves.head) }
        }
    }
}

extension RowFiles {
    /// The right edge of the stored tree; throws `treeDiffers` where its files or the log's end are not those that it was made of.
    func edge(_ mark: (size: UInt64, root: Digest256), _ leaves: LogLeaves) throws -> GrowingTree {
        guard mark.size <= leaves.head.rawValue else {
            throw LogError.treeDiffers("the tree has \(mark.size) events, and the log ends at \(leaves.head)")
        }
        let edge = try GrowingTree(ofFirst: mark.size, self)
        var hasher = TreeHasher()
        guard edge.root(&hasher) == mark.root else {
            throw LogError.treeDiffers("the files of the tree are not those of its root")
        }
        guard mark.size > 0 else { return edge }
        let last = try row(0, mark.size - 1..<mark.size)[0]
        guard try hasher.leaf(leaves.leaf(at: Position(mark.size))) == last else {
            throw LogError.treeDiffers("the event at position \(mark.size) is another one than the tree was made of")
        }
        return edge
    }
}
