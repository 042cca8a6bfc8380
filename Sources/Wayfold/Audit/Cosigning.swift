public import EventLog
public import Transparency

/// Has a signed checkpoint co-signed by a witness: C2SP tlog-witness.
public struct Cosigning {
    private let folder: DataFolder
    private let witness: NoteKey

    /// Hands a request to the witness, and gives the status of HTTP and the body of the answer.
    public typealias Post = (_ request: String) async throws -> (status: Int, body: String)

    /// - Parameter witness: of the kind `cosignature`.
    public init(folder: DataFolder, witness: NoteKey) throws {
        guard witness.kind == .cosignature else { throw AuditError("\(witness.name) is the key of no witness") }
        (self.folder, self.witness) = (folder, witness)
    }

    /// The checkpoint with the witness's signature under it, which is kept before it is given back.
    ///
    /// - Throws: ``AuditError`` where the witness does not co-sign: it has seen another history, or does not know the log.
    public func cosign(_ checkpoint: SignedCheckpoint, post: Post) async throws -> SignedCheckpoint {
        if witness.verifies(checkpoint.note) { return checkpoint }
        let known = try CheckpointFile.checkpoints(of: folder)
        var old = known.last { witness.verifies($0.note) }?.head.size ?? 0
        var answer = try await post(try request(checkpoint, from: old))
        if answer.status == 409, let size = UInt64(answer.body.prefix { $0 != "\n" }), size != old {
            guard size <= checkpoint.head.size else {
                throw AuditError("\(witness.name) has co-signed \(size) events of this log, which has fewer")
            }
            old = size
            answer = try await post(try request(checkpoint, from: old))
        }
        guard answer.status == 200 else {
            let words = answer.body.split(separator: "\n").first ?? ""
            throw AuditError("\(witness.name) does not co-sign: status \(answer.status), \(words)")
        }
        let lines = answer.body.split(separator: "\n")
        let signature = lines.lazy.compactMap { NoteSignature($0) }.first {
            witness.verifies($0, of: checkpoint.note.text)
        }
        guard let signature, let cosigned = SignedCheckpoint(checkpoint.note.adding(signature)) else {
            throw AuditError("what \(witness.name) has answered is not signed by it")
        }
        try CheckpointFile(folder).append(cosigned)
        return cosigned
    }

    private func request(_ checkpoint: SignedCheckpoint, from old: UInt64) throws -> String {
        let tree = try LogTree(folder: folder)
        let proof = try tree.consistencyProof(from: old, to: checkpoint.head.size)
        return ConsistencyProof(old: old, proof: proof, checkpoint: checkpoint).description
    }
}
