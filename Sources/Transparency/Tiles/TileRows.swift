public import Digests

/// A tree as the rows of hashes that tiles are cut from: row L holds the hashes of the full subtrees of height 8 L.
public protocol TileRows: SubtreeHashes {
    /// Hashes of a row, all of which are there.
    func row(_ level: Int, _ range: Range<UInt64>) throws -> [Digest256]
}

extension TileRows {
    /// The hash of a full subtree: one of a row, or made of at most 128 of one.
    public func subtree(level: Int, index: UInt64) throws -> Digest256 {
        let width = UInt64(1) << UInt64(level % Tile.height)
        var hashes = try row(level / Tile.height, index * width..<(index + 1) * width)
        var hasher = TreeHasher()
        while hashes.count > 1 {
            hashes = stride(from: 0, to: hashes.count, by: 2).map { hasher.node(hashes[$0], hashes[$0 + 1]) }
        }
        return hashes[0]
    }

    /// The bytes of a tile of hashes.
    public func bytes(of tile: Tile) throws -> [UInt8] {
        try row(tile.kind.level, tile.range).flatMap(\.bytes)
    }
}

/// Rows in memory.
public struct MemoryRows: TileRows, Sendable {
    private var rows: [[Digest256]] = []
    private var edge = GrowingTree()

    public init() {}

    public var size: UInt64 { edge.size }

    /// Adds the hash of a leaf.
    public mutating func append(_ leaf: Digest256, _ hasher: inout TreeHasher) {
        edge.append(leaf, &hasher) { level, hash in
            guard level % Tile.height == 0 else { return }
            if level / Tile.height == rows.count { rows.append([]) }
            rows[level / Tile.height].append(hash)
        }
    }

    public func row(_ level: Int, _ range: Range<UInt64>) -> [Digest256] {
        Array(rows[level][Int(range.lowerBound)..<Int(range.upperBound)])
    }
}
