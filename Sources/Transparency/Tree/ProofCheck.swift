public import Digests

/// Holds proofs against roots, as RFC 9162 says in sections 2.1.3.2 and 2.1.4.2: by the bits of the numbers alone, with nothing
/// of what made the proofs.
public enum ProofCheck {
    /// No proof has more hashes.
    public static let maxHashCount = 64

    /// Whether the leaf with this index is in the tree of `size` leaves with this root. O(hashes).
    public static func includes(
        _ leaf: Digest256, at index: UInt64, inFirst size: UInt64, root: Digest256, proof: [Digest256]
    ) -> Bool {
        guard index < size, proof.count <= maxHashCount else { return false }
        var hasher = TreeHasher()
        var (node, last) = (index, size - 1)
        var hash = leaf
        for other in proof {
            if last == 0 { return false }
            if node & 1 == 1 || node == last {
                hash = hasher.node(other, hash)
                if node & 1 == 0 {
                    let steps = UInt64(node.trailingZeroBitCount)
                    (node, last) = (node >> steps, last >> steps)
                }
            } else {
                hash = hasher.node(hash, other)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// Whether the tree of `size` leaves begins with that of `old` leaves. O(hashes).
    ///
    /// The empty tree is the beginning of each, and proves nothing.
    public static func extends(
        from old: UInt64, root oldRoot: Digest256, to size: UInt64, root: Digest256, proof: [Digest256]
    ) -> Bool {
        guard old <= size, proof.count <= maxHashCount else { return false }
        if old == size { return oldRoot == root && proof.isEmpty }
        if old == 0 { return oldRoot == TreeHasher.emptyRoot && proof.isEmpty }
        // Of a whole subtree the old root is the first hash of the way.
        let way = old & (old - 1) == 0 ? [oldRoot] + proof : proof
        guard let first = way.first else { return false }
        var hasher = TreeHasher()
        let steps = UInt64((~(old - 1)).trailingZeroBitCount)
        var (node, last) = ((old - 1) >> steps, (size - 1) >> steps)
        var (oldHash, hash) = (first, first)
        for other in way.dropFirst() {
            if last == 0 { return false }
            if node & 1 == 1 || node == last {
                oldHash = hasher.node(other, oldHash)
                hash = hasher.node(other, hash)
                if node & 1 == 0 {
                    let steps = UInt64(node.trailingZeroBitCount)
                    (node, last) = (node >> steps, last >> steps)
                }
            } else {
                hash = hasher.node(hash, other)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && oldHash == oldRoot && hash == root
    }
}
