public import Digests

/// The proof that an entry is in a log, which needs nothing else to be verified but the log's key: C2SP tlog-proof.
///
/// ```text
/// c2sp.org/tlog-proof@v1
/// extra eyJwb3NpdGlvbiI6NzM4OTUs...
/// index 73894
/// gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
///
/// shop.example/log
/// 109482
/// sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
///
/// — shop.example/log hI2DJw...
/// ```
public struct Receipt: Hashable, Sendable {
    /// What comes with the proof: the entry first, up to the first newline or the end.
    public let extra: [UInt8]
    /// The number of the leaf, 0 the first.
    public let index: UInt64
    public let proof: [Digest256]
    public let checkpoint: SignedCheckpoint

    private static let firstLine = "c2sp.org/tlog-proof@v1"

    public init(extra: [UInt8], index: UInt64, proof: [Digest256], checkpoint: SignedCheckpoint) {
        (self.extra, self.index, self.proof, self.checkpoint) = (extra, index, proof, checkpoint)
    }

    /// The entry that is proved.
    public var entry: [UInt8] { Array(extra.prefix { $0 != 0x0A }) }

    /// Why the receipt proves nothing; nil where it holds: the log's key has signed a tree that holds the entry.
    public func fault(by key: NoteKey) -> String? {
        guard checkpoint.isSigned(by: key) else { return "the checkpoint is not signed by \(key.name)" }
        var hasher = TreeHasher()
        let isIncluded = ProofCheck.includes(
            hasher.leaf(entry), at: index, inFirst: checkpoint.head.size, root: checkpoint.head.root, proof: proof)
        return isIncluded ? nil : "the entry is not at index \(index) of the tree that the checkpoint names"
    }
}

extension Receipt: CustomStringConvertible {
    public var description: String {
        var lines = [Self.firstLine]
        if !extra.isEmpty { lines.append("extra " + Base64.text(of: extra)) }
        lines.append("index \(index)")
        lines += proof.map { Base64.text(of: $0.bytes) }
        return lines.map { $0 + "\n" }.joined() + "\n" + checkpoint.description
    }

    /// Reads a receipt; nil for anything that ``description`` does not give. Nothing is verified.
    public init?(_ text: some StringProtocol) {
        guard let (lines, checkpoint) = ProofLines.parts(of: text), lines[0] == Self.firstLine else { return nil }
        var rest = lines.dropFirst()
        var extra: [UInt8] = []
        if let line = rest.first, line.hasPrefix("extra ") {
            guard let bytes = Base64.bytes(of: line.dropFirst(6)), !bytes.isEmpty else { return nil }
            extra = bytes
            rest.removeFirst()
        }
        guard let line = rest.popFirst(), line.hasPrefix("index "), let index = UInt64(decimal: line.dropFirst(6)),
            let proof = ProofLines.hashes(rest)
        else { return nil }
        self.init(extra: extra, index: index, proof: proof, checkpoint: checkpoint)
    }
}
