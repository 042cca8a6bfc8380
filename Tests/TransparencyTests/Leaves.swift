import Digests

@testable import Transparency

/// Trees to try things with.
enum Leaves {
    /// The tree over `leaf 0`, `leaf 1` ...
    static func rows(_ count: Int) -> MemoryRows {
        var hasher = TreeHasher()
        var rows = MemoryRows()
        for index in 0..<count { rows.append(hasher.leaf(Array("leaf \(index)".utf8)), &hasher) }
        return rows
    }

    static func hash(_ index: UInt64) -> Digest256 {
        var hasher = TreeHasher()
        return hasher.leaf(Array("leaf \(index)".utf8))
    }
}

/// The log's signer in tests; its seed is 0, 1, 2 ... 31.
let signer = NoteSigner(
    name: "shop.example/log", signingKey: Ed25519SigningKey(seed: Array(0..<32))!)!
