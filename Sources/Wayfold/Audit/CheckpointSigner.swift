public import EventLog
public import Touchpoints
public import Transparency

/// Signs how the log stands: each checkpoint is on the disk before anybody sees it, and no two of them disagree.
public struct CheckpointSigner {
    private let folder: DataFolder
    private let signer: NoteSigner

    /// - Throws: ``AuditError`` where the folder has no key.
    public init(folder: DataFolder) throws {
        guard let signer = try folder.signingKey() else {
            throw AuditError("the folder has no key to sign with: wayfold checkpoint --init makes one")
        }
        (self.folder, self.signer) = (folder, signer)
    }

    /// The log's name, and by which key others verify.
    public var key: NoteKey { signer.key }

    /// Signs the head; where that was signed before, it is that checkpoint again.
    ///
    /// What was signed last is worked out from the log once more, and the tree of hashes as well: where they are not what they
    /// were, nothing is signed, and ``AuditError`` says so. Waits for another one that signs. O(events of the log).
    public func sign(progress: (Position, Position) -> Void = { _, _ in }) throws -> SignedCheckpoint {
        let file = try CheckpointFile(folder)
        let tree = try TreeWriter(folder: folder)
        try tree.follow()
        let last = file.checkpoints.last
        if let last, !last.isSigned(by: key) {
            throw AuditError("the last checkpoint is not signed by the key of this folder")
        }
        if let last, last.head.size > tree.size {
            throw AuditError(
                "the log was altered: it ends at \(tree.size), and \(last.head.size) events were signed")
        }
        let sizes = [last?.head.size ?? 0, tree.size]
        let roots = try LogLeaves(folder: folder).roots(ofFirst: sizes, progress: progress)
        if let last, last.head.root != roots[0] {
            throw AuditError(
                "the log was altered: its first \(last.head.size) events are not those that were signed. "
                    + "`wayfold verify` says where")
        }
        guard roots[1] == tree.root else {
            throw LogError.treeDiffers("they have different roots over \(tree.size) events")
        }
        if let last, last.head.size == tree.size { return last }
        let checkpoint = SignedCheckpoint(TreeHead(origin: key.name, size: tree.size, root: roots[1]), by: signer)
        try file.append(checkpoint)
        return checkpoint
    }
}
