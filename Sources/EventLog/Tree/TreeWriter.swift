public import Digests
import Glibc
public import Touchpoints
import Transparency

/// Keeps the folder `tree` up with the log: behind it, as views are, so that no acknowledgement waits for a hash.
///
/// One at a time over all processes (`flock` on the folder); who reads needs no lock.
public final class TreeWriter {
    private let folder: DataFolder
    private let lock: Int32
    private let leaves: LogLeaves
    private let files: RowFiles
    private var edge = GrowingTree()
    private var hasher = TreeHasher()
    /// Whether the files were looked at.
    private var isOpen = false
    /// By level: the bytes that are not written yet, and how many hashes stand before them.
    private var pending: [(start: UInt64, bytes: [UInt8])] = []

    /// The files are written and synced each time so many events were hashed.
    private static let leavesAtOnce: UInt64 = 1 << 20

    /// Nothing is read yet: ``follow(progress:)`` does that.
    public init(folder: DataFolder) throws {
        let path = folder.treePath
        try makeFolder(path)
        lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw LogError.folder("cannot open \(path): \(systemMessage())") }
        self.folder = folder
        files = RowFiles(path)
        leaves = try LogLeaves(folder: folder)
        leaves.rest()
    }

    deinit { close(lock) }

    /// How many events the tree has.
    public var size: UInt64 { edge.size }
    /// The root over them.
    public var root: Digest256 { edge.root(&hasher) }

    /// Goes on to what is committed now, and syncs. O(new events).
    ///
    /// Waits for another one. What an interrupted one has left behind the size is dropped. Throws `treeDiffers` where the tree
    /// is not of this log; nothing is changed then.
    ///
    /// - Parameter progress: told now and then how far it has come, and the head.
    public func follow(progress: (Position, Position) -> Void = { _, _ in }) throws {
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw LogError.folder("cannot lock \(folder.treePath): \(systemMessage())") }
        }
        defer { flock(lock, LOCK_UN) }
        try leaves.refresh()
        defer { leaves.rest() }
        try takeOver()
        guard leaves.head.rawValue > edge.size else { return }
        // What a reader sees may be committed a moment before it is on the disk: a tree must never be ahead of its log.
        try syncLog()
        while edge.size < leaves.head.rawValue {
            let last = Position(min(leaves.head.rawValue, edge.size + Self.leavesAtOnce))
            try leaves.forEachLeaf(from: Position(edge.size + 1), through: last) { _, leaf in
                edge.append(hasher.leaf(leaf), &hasher) { level, hash in
                    guard level % Tile.height == 0 else { return }
                    pending[level / Tile.height].bytes.append(hash.span)
                }
            }
            isOpen = false
            try save()
            isOpen = true
            progress(last, leaves.head)
        }
    }

    /// Goes on from what the files say, where that is not what this one has left there.
    private func takeOver() throws {
        let mark = try RowFiles.mark(folder.treePath) ?? (0, TreeHasher.emptyRoot)
        if isOpen, mark.size == edge.size, mark.root == edge.root(&hasher) { return }
        edge = try files.edge(mark, leaves)
        for level in 0..<Tile.levelCount { try files.cut(level, to: Tile.count(level: level, size: mark.size)) }
        startPending()
        isOpen = true
    }

    /// Writes the rows, and then the size.
    private func save() throws(LogError) {
        for level in pending.indices where !pending[level].bytes.isEmpty {
            try files.append(pending[level].bytes, to: level, at: pending[level].start)
        }
        try writeFile(
            Array("\(edge.size)\n\(edge.root(&hasher))\n".utf8), named: "size", in: folder.treePath)
        startPending()
    }

    private func startPending() {
        pending = (0..<Tile.levelCount).map { (Tile.count(level: $0, size: edge.size), []) }
    }

    private func syncLog() throws(LogError) {
        let path = folder.logPath + "/data.mdb"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .folder("cannot open \(path): \(systemMessage())") }
        defer { close(descriptor) }
        guard fdatasync(descriptor) == 0 else { throw .folder("cannot sync \(path): \(systemMessage())") }
    }
}
