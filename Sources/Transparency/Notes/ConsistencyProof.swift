public import Digests

/// The proof that a log has only grown since it had `old` leaves: what C2SP tlog-witness sends to a witness.
///
/// ```text
/// old 20852014
/// PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
///
/// shop.example/log
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///
/// — shop.example/log Az3grlgtzPICa5OS...
/// ```
public struct ConsistencyProof: Hashable, Sendable {
    /// The size of the tree that the other one begins with.
    public let old: UInt64
    public let proof: [Digest256]
    public let checkpoint: SignedCheckpoint

    public init(old: UInt64, proof: [Digest256], checkpoint: SignedCheckpoint) {
        (self.old, self.proof, self.checkpoint) = (old, proof, checkpoint)
    }

    /// Whether the tree of the checkpoint begins with the one of `old` leaves that has this root. Signatures are not looked at.
    public func holds(forOldRoot root: Digest256) -> Bool {
        ProofCheck.extends(
            from: old, root: root, to: checkpoint.head.size, root: checkpoint.head.root, proof: proof)
    }
}

extension ConsistencyProof: CustomStringConvertible {
    public var description: String {
        "old \(old)\n" + proof.map { Base64.text(of: $0.bytes) + "\n" }.joined() + "\n" + checkpoint.description
    }

    /// Reads a proof; nil for anything that ``description`` does not give. Nothing is verified.
    public init?(_ text: some StringProtocol) {
        guard let (lines, checkpoint) = ProofLines.parts(of: text), let line = lines.first, line.hasPrefix("old "),
            let old = UInt64(decimal: line.dropFirst(4)), let proof = ProofLines.hashes(lines.dropFirst())
        else { return nil }
        self.init(old: old, proof: proof, checkpoint: checkpoint)
    }
}

/// What the texts of proofs have in common: lines, an empty one, and a signed checkpoint.
enum ProofLines {
    static func parts(of text: some StringProtocol) -> (lines: [Substring], SignedCheckpoint)? {
        let text = String(text)
        let utf8 = Array(text.utf8)
        // By bytes: to Swift, a newline behind a carriage return is one character with it.
        guard let end = utf8.indices.dropLast().first(where: { utf8[$0] == 0x0A && utf8[$0 + 1] == 0x0A }),
            let checkpoint = SignedCheckpoint(String(decoding: utf8[(end + 2)...], as: UTF8.self))
        else { return nil }
        let head = String(decoding: utf8[..<end], as: UTF8.self)
        return (head.split(separator: "\n", omittingEmptySubsequences: false), checkpoint)
    }

    static func hashes(_ lines: some Collection<Substring>) -> [Digest256]? {
        guard lines.count <= ProofCheck.maxHashCount else { return nil }
        let hashes = lines.map { line in Base64.bytes(of: line).flatMap { Digest256(bytes: $0.span.bytes) } }
        return hashes.contains(nil) ? nil : hashes.compactMap(\.self)
    }
}
