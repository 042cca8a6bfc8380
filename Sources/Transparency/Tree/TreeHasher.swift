public import Digests

/// The hashes of a Merkle tree: RFC 9162, section 2.1.1, with SHA-256. Keep one and use it again.
///
/// An entry and an inner node begin with different bytes, so that nobody can show the one as the other.
public struct TreeHasher: ~Copyable {
    private var sha256 = SHA256()

    public init() {}

    /// The hash of the tree without leaves.
    public static let emptyRoot = SHA256.digest(of: [])

    /// The hash of a leaf. O(its entry), about 0.7 ns a byte.
    public mutating func leaf(_ entry: RawSpan) -> Digest256 {
        sha256.update(0x00)
        sha256.update(entry)
        return sha256.finish()
    }

    /// The hash of a leaf.
    public mutating func leaf(_ entry: [UInt8]) -> Digest256 { leaf(entry.span.bytes) }

    /// The hash of the node over two others.
    public mutating func node(_ left: Digest256, _ right: Digest256) -> Digest256 {
        sha256.update(0x01)
        sha256.update(left.span)
        sha256.update(right.span)
        return sha256.finish()
    }
}
