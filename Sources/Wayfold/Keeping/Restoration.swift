public import EventLog
public import Touchpoints
public import Transparency

/// A data folder that was made of a backup, or of the log as text.
public struct Restoration: Sendable {
    /// For what comes next; it owns the folder.
    public let session: WriteSession
    /// The last position that was restored: what was acknowledged behind it is to be sent again.
    public let position: Position
    /// The new life's number, as acknowledgements name it from now on.
    public let epoch: Int

    /// Makes a data folder of a backup, begins a new life of its log, and records that (`admin.log.restored`).
    ///
    /// Everything in the backup is held against its digests on the way. The views are folded by the session, like behind
    /// any append. Where this is interrupted, the same call goes on.
    ///
    /// - Parameters:
    ///   - path: nothing, or an empty folder.
    ///   - checkpoints: that somebody has kept elsewhere: where the log is another one, no folder is made.
    ///   - worker: see ``WriteSession/open(path:worker:)``.
    ///   - progress: the position that is reached, and the last one.
    /// - Throws: `LogError` in words for people; where the backup is damaged, no folder is made.
    public init(
        of backup: LogBackup, at path: String, holding checkpoints: [SignedCheckpoint] = [], worker: [String]? = nil,
        progress: (Position, Position) -> Void = { _, _ in }
    ) async throws {
        let epoch = Self.epoch(after: backup.epoch)
        let position = try backup.restore(
            to: path, epoch: epoch, holding: checkpoints.map(\.head), progress: progress
        ).outcome.position
        try await self.init(position, epoch, at: path, worker)
    }

    /// The same of the log as text: every line is held against the others and the manifest's root on the way.
    ///
    /// - Throws: ``TranscriptError``, which names file, line and field: then no folder is made.
    public init(
        of transcript: Transcript, at path: String, worker: [String]? = nil,
        progress: @escaping (Position, Position) -> Void = { _, _ in }
    ) async throws {
        let epoch = Self.epoch(after: transcript.manifest.epoch)
        _ = try transcript.rebuild(at: path, epoch: epoch, progress: progress)
        try await self.init(Position(transcript.manifest.events), epoch, at: path, worker)
    }

    private init(_ position: Position, _ epoch: Int, at path: String, _ worker: [String]?) async throws {
        (self.position, self.epoch) = (position, epoch)
        session = try await WriteSession.open(path: path, worker: worker)
        _ = try await session.recordAdmin(
            "admin.log.restored", data: [("epoch", "\(epoch)"), ("position", "\(position)")])
    }

    /// Two restorations of one backup go different ways: the second tells them apart, a count would not.
    private static func epoch(after last: Int) -> Int { max(last + 1, Int(SystemClock.now().rawValue / 1_000_000)) }
}
