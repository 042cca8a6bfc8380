public import Digests

/// Gives the hashes of full subtrees, of which every root and every proof of a tree is made.
public protocol SubtreeHashes {
    /// The hash over the leaves `index << level ..< (index + 1) << level`, all of which are there.
    func subtree(level: Int, index: UInt64) throws -> Digest256
}

extension SubtreeHashes {
    /// The root over the first so many leaves. O(log size) subtrees.
    public func root(ofFirst size: UInt64) throws -> Digest256 {
        if size == 0 { return TreeHasher.emptyRoot }
        var hasher = TreeHasher()
        return try root(0..<size, &hasher)
    }

    /// The hashes that lead from a leaf to the root over the first `size` leaves: RFC 9162, section 2.1.3.1.
    ///
    /// - Parameter index: of a leaf below `size`; any other traps.
    public func inclusionProof(of index: UInt64, inFirst size: UInt64) throws -> [Digest256] {
        precondition(index < size, "the tree has \(size) leaves")
        var hasher = TreeHasher()
        var proof: [Digest256] = []
        var leaves = 0..<size
        while leaves.upperBound - leaves.lowerBound > 1 {
            let (left, right) = Self.halves(leaves)
            let isLeft = index < left.upperBound
            proof.append(try root(isLeft ? right : left, &hasher))
            leaves = isLeft ? left : right
        }
        return proof.reversed()
    }

    /// The hashes that lead from the root over `old` leaves to that over `size`: RFC 9162, section 2.1.4.1; none where
    /// either is of an empty tree, or both are one.
    ///
    /// - Parameter old: at most `size`; more trap.
    public func consistencyProof(from old: UInt64, to size: UInt64) throws -> [Digest256] {
        precondition(old <= size, "the tree has \(size) leaves")
        if old == 0 || old == size { return [] }
        var hasher = TreeHasher()
        var proof: [Digest256] = []
        var leaves = 0..<size
        // Whether the leaves begin where the old tree does: then who verifies knows the old root.
        var isOldRootKnown = true
        while leaves.upperBound != old {
            let (left, right) = Self.halves(leaves)
            let isLeft = old <= left.upperBound
            proof.append(try root(isLeft ? right : left, &hasher))
            leaves = isLeft ? left : right
            isOldRootKnown = isOldRootKnown && isLeft
        }
        if !isOldRootKnown { proof.append(try root(leaves, &hasher)) }
        return proof.reversed()
    }

    private func root(_ leaves: Range<UInt64>, _ hasher: inout TreeHasher) throws -> Digest256 {
        let count = leaves.upperBound - leaves.lowerBound
        if count & (count - 1) == 0 {
            let level = count.trailingZeroBitCount
            return try subtree(level: level, index: leaves.lowerBound >> UInt64(level))
        }
        let (left, right) = Self.halves(leaves)
        let leftRoot = try root(left, &hasher)
        return hasher.node(leftRoot, try root(right, &hasher))
    }

    /// The leaves below the two children of the node over so many: to the left the greatest power of two that is less.
    private static func halves(_ leaves: Range<UInt64>) -> (Range<UInt64>, Range<UInt64>) {
        let count = leaves.upperBound - leaves.lowerBound
        let half: UInt64 = 1 << UInt64(63 - (count - 1).leadingZeroBitCount)
        let middle = leaves.lowerBound + half
        return (leaves.lowerBound..<middle, middle..<leaves.upperBound)
    }
}
