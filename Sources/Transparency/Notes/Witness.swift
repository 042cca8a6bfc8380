/// What a witness says to a checkpoint that is handed to it, purely: C2SP tlog-witness, `add-checkpoint`.
///
/// It co-signs only what goes on from the last checkpoint of that log that it has co-signed: so two histories of one log never
/// have its signature.
public struct Witness: Sendable {
    private let signer: NoteSigner
    /// By origin: the keys that logs are known by.
    private let logs: [String: [NoteKey]]

    /// - Parameter signer: of the kind `cosignature`.
    public init(signer: NoteSigner, logs: [NoteKey]) {
        precondition(signer.key.kind == .cosignature, "a witness co-signs")
        self.signer = signer
        self.logs = Dictionary(grouping: logs, by: \.name)
    }

    /// By which key others verify.
    public var key: NoteKey { signer.key }

    public enum Reply: Equatable, Sendable {
        /// What is to be remembered before the line is given out.
        case cosigned(SignedCheckpoint, NoteSignature)
        /// The last checkpoint has another size: this one.
        case goesOnFrom(UInt64)
        /// By the status of HTTP that the specification names, and in words for people.
        case refused(status: Int, why: String)
    }

    /// The log that a request speaks of; nil where it cannot be read.
    public static func origin(of request: String) -> String? { ConsistencyProof(request)?.checkpoint.head.origin }

    /// Decides about a request.
    ///
    /// - Parameters:
    ///   - last: what was co-signed last for the origin; nil: nothing was.
    ///   - seconds: now, since 1970.
    public func reply(to request: String, last: TreeHead?, at seconds: UInt64) -> Reply {
        guard let proof = ConsistencyProof(request), proof.proof.count < ProofCheck.maxHashCount else {
            return .refused(status: 400, why: "this is no checkpoint with its proof")
        }
        let head = proof.checkpoint.head
        guard let keys = logs[head.origin] else { return .refused(status: 404, why: "no log of that name is known") }
        guard keys.contains(where: proof.checkpoint.isSigned) else {
            return .refused(status: 403, why: "no key of the log has signed the checkpoint")
        }
        guard proof.old <= head.size else {
            return .refused(status: 400, why: "the old size is greater than the checkpoint's")
        }
        guard proof.old == last?.size ?? 0 else { return .goesOnFrom(last?.size ?? 0) }
        if let last, last.size == head.size, last.root != head.root {
            return .refused(status: 409, why: "another root was co-signed for that size")
        }
        guard proof.holds(forOldRoot: last?.root ?? TreeHasher.emptyRoot) else {
            return .refused(status: 422, why: "the checkpoint does not go on from the last one")
        }
        return .cosigned(proof.checkpoint, signer.signature(of: proof.checkpoint.note.text, at: seconds))
    }
}
