import EventLog
import Touchpoints
import Transparency
import Wayfold

/// What `verify` does with signed checkpoints and proofs.
struct VerifyAudit {
    let data: DataOption
    let checkpoint: String?
    let key: String?

    /// Holds the log against itself, and against how it stood each time it was signed, in the folder and elsewhere.
    func verifier(of folder: DataFolder) throws -> LogVerifier {
        LogVerifier(
            folder: folder, heads: try CheckpointFile.checkpoints(of: folder).map(\.head),
            elsewhere: try checkpoint.map { [try signedCheckpoint(at: $0).head] } ?? [])
    }

    /// Checks a receipt or a proof of consistency, and says what it proves.
    func check(proofAt path: String) throws {
        let text = try FileText.read(path)
        if let receipt = Receipt(text) {
            try check(receipt)
        } else if let proof = ConsistencyProof(text) {
            try check(proof)
        } else {
            throw Failure("\(path) is neither a receipt nor a proof of consistency")
        }
    }

    private func check(_ receipt: Receipt) throws {
        let key = try verifyingKey()
        if let fault = receipt.fault(by: key) { return try refuse(fault) }
        let contents: ReceiptContents
        do { contents = try ReceiptContents(receipt.extra) } catch let error as AuditError {
            return try refuse(error.description)
        }
        try Report.fields([
            ("proved", .text("the event is in the log that was signed")), ("log", .text(key.name)),
            ("events", .integer(receipt.checkpoint.head.size)), ("position", .integer(receipt.index + 1)),
            ("event", .json(String(decoding: contents.leaf, as: UTF8.self))),
            ("data", contents.data.map { .json(String(decoding: $0, as: UTF8.self)) } ?? .value(.null)),
            ("id", .text(contents.personalPart?.id)), ("subject", .text(contents.personalPart?.subject)),
        ]).writeAsUsual()
    }

    private func check(_ proof: ConsistencyProof) throws {
        guard let checkpoint else {
            throw UsageError("a proof of consistency goes on from a checkpoint: name it with --checkpoint")
        }
        let key = try verifyingKey()
        let old = try signedCheckpoint(at: checkpoint)
        guard proof.checkpoint.isSigned(by: key) else {
            return try refuse("the checkpoint is not signed by \(key.name)")
        }
        guard old.head.size == proof.old else {
            return try refuse("the proof goes on from \(proof.old) events, and \(checkpoint) has \(old.head.size)")
        }
        guard proof.holds(forOldRoot: old.head.root) else {
            return try refuse(
                "the log of \(proof.checkpoint.head.size) events does not begin with that of \(proof.old)")
        }
        try Report.fields([
            ("proved", .text("the log has only grown")), ("log", .text(key.name)), ("from", .integer(proof.old)),
            ("to", .integer(proof.checkpoint.head.size)),
        ]).writeAsUsual()
    }

    /// What does not hold is a finding, not a failure.
    private func refuse(_ fault: String) throws {
        Console.current.remark("wayfold: nothing is proved: \(fault)")
        throw FoundDifference()
    }

    private func signedCheckpoint(at path: String) throws -> SignedCheckpoint {
        try SignedCheckpoint(file: path, signedBy: verifyingKey())
    }

    private func verifyingKey() throws -> NoteKey {
        if let key { return try NoteKey(option: key) }
        guard let signer = try data.openIfThere()?.signingKey() else {
            throw UsageError("there is no key here to verify by: name it with --key")
        }
        return signer.key
    }
}

extension NoteKey {
    /// The key that was given with `--key`.
    init(option text: String) throws {
        guard let key = NoteKey(text) else { throw UsageError("--key is no key as checkpoint --key shows it") }
        self = key
    }
}

extension SignedCheckpoint {
    /// Reads a file; throws where it is none, or signed by somebody else.
    init(file path: String, signedBy key: NoteKey) throws {
        guard let checkpoint = SignedCheckpoint(try FileText.read(path)) else {
            throw Failure("\(path) is no signed checkpoint")
        }
        guard checkpoint.isSigned(by: key) else {
            let origin = checkpoint.head.origin
            throw Failure(
                origin == key.name
                    ? "\(path) was not signed with the key of \(key.name), or was altered"
                    : "\(path) is a checkpoint of \(origin), not of \(key.name)")
        }
        self = checkpoint
    }
}
