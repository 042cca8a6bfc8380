public import Digests

/// A tree to which leaves are added and of which only the right edge is kept: 2 KiB for any number of leaves.
///
/// ```swift
/// var tree = GrowingTree()
/// for entry in entries { tree.append(hasher.leaf(entry), &hasher) }
/// print(tree.size, tree.root(&hasher))
/// ```
public struct GrowingTree: Sendable {
    /// How many leaves there are.
    public private(set) var size: UInt64 = 0
    /// By level: the hash of the full subtree of that height at the right edge; means something where `size` has that bit.
    private var peaks: [Digest256] = []

    public init() {}

    /// The tree over the first so many leaves of another. O(log size) subtrees.
    public init(ofFirst size: UInt64, _ hashes: some SubtreeHashes) throws {
        self.size = size
        peaks = Array(repeating: .zero, count: 64 - size.leadingZeroBitCount)
        for level in peaks.indices where size >> UInt64(level) & 1 == 1 {
            peaks[level] = try hashes.subtree(level: level, index: size >> UInt64(level) - 1)
        }
    }

    /// Adds the hash of a leaf. One node a leaf, on the average.
    ///
    /// - Parameter completed: called with each subtree that is full now: the leaf, then those over it, by their levels.
    public mutating func append(
        _ leaf: Digest256, _ hasher: inout TreeHasher,
        completed: (_ level: Int, _ hash: Digest256) -> Void = { _, _ in }
    ) {
        completed(0, leaf)
        var hash = leaf
        var level = 0
        while size >> UInt64(level) & 1 == 1 {
            hash = hasher.node(peaks[level], hash)
            level += 1
            completed(level, hash)
        }
        if level == peaks.count { peaks.append(hash) } else { peaks[level] = hash }
        size += 1
    }

    /// The root over all leaves. O(log size).
    public func root(_ hasher: inout TreeHasher) -> Digest256 {
        var root: Digest256?
        for level in peaks.indices where size >> UInt64(level) & 1 == 1 {
            root = root.map { hasher.node(peaks[level], $0) } ?? peaks[level]
        }
        return root ?? TreeHasher.emptyRoot
    }
}
