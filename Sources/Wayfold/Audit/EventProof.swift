import Digests
public import EventLog
import Ingest
public import Touchpoints
public import Transparency

/// Proves that an event is in the log that was signed, and that the log has only grown.
public struct EventProof {
    private let tree: LogTree
    private let checkpoints: [SignedCheckpoint]

    /// - Parameter checkpoints: those that the log has signed.
    public init(_ tree: LogTree, _ checkpoints: [SignedCheckpoint]) {
        self.tree = tree
        self.checkpoints = checkpoints
    }

    /// How many events were signed; 0 where nothing was.
    public var signedSize: UInt64 { checkpoints.last?.head.size ?? 0 }

    /// Whether an event lies under the last signed checkpoint, so that it has a receipt.
    public func canProve(_ position: Position) -> Bool { position.rawValue <= signedSize }

    /// The receipt of an event, against the last signed checkpoint. O(log events).
    ///
    /// - Parameter log: where its personal part is to be in it, too: whoever has the receipt can read that.
    public func receipt(of position: Position, withPersonalOf log: LogReader? = nil) throws -> Receipt {
        guard let checkpoint = checkpoints.last, canProve(position) else {
            throw AuditError("no signed checkpoint holds position \(position) yet: wayfold checkpoint signs one")
        }
        let leaf = try tree.leaves.leaf(at: position)
        var contents = ReceiptContents(leaf: leaf)
        contents.personal = try log?.saltedEntry(at: position)
        contents.data = try tree.leaves.hashedData(at: position)
        let receipt = Receipt(
            extra: contents.bytes, index: position.rawValue - 1,
            proof: try tree.inclusionProof(of: position.rawValue - 1, inFirst: checkpoint.head.size),
            checkpoint: checkpoint)
        var hasher = TreeHasher()
        let holds = ProofCheck.includes(
            hasher.leaf(leaf), at: receipt.index, inFirst: checkpoint.head.size, root: checkpoint.head.root,
            proof: receipt.proof)
        guard holds else { throw AuditError.altered }
        return receipt
    }

    /// The proof that the log of a signed checkpoint begins with so many events as they were before. O(log events).
    ///
    /// - Parameter size: of a signed checkpoint; nil: of the last one.
    public func consistency(from old: UInt64, to size: UInt64? = nil) throws -> ConsistencyProof {
        let checkpoint = checkpoints.last { size == nil || $0.head.size == size }
        guard let checkpoint else {
            throw AuditError("no checkpoint of \(size.map { "\($0) events" } ?? "this log") was signed")
        }
        guard old <= checkpoint.head.size else {
            throw AuditError("\(old) is more than the \(checkpoint.head.size) events of the checkpoint")
        }
        let proof = ConsistencyProof(
            old: old, proof: try tree.consistencyProof(from: old, to: checkpoint.head.size), checkpoint: checkpoint)
        guard try proof.holds(forOldRoot: tree.root(ofFirst: old)) else { throw AuditError.altered }
        return proof
    }
}

extension LogReader {
    /// Where the events with an id stand: of one source, or of each that has one; ascending. O(sources).
    public func positions(ofEvent id: String, source: String? = nil, in folder: DataFolder) throws -> [Position] {
        guard let keys = HashKeys(secret: Array(folder.secret.prefix(16))) else { return [] }
        let sources = source.map { [$0] } ?? dictionaries.allSources
        return try sources.compactMap { try position(of: keys.identity(source: $0.utf8, id: id.utf8)) }.sorted()
    }
}
