public import EventLog
import Ingest
import Policies
import Projections
import Synchronization
import Touchpoints

/// Writing to a data folder: as its owner, or through the process that owns it now.
///
/// ```swift
/// let session = try await WriteSession.open(path: "wayfold-data")
/// let verdicts = try await session.append(batch)
/// try await session.finish()
/// ```
/// One process owns a folder; every other hands it its work over a socket. When the owner ends, the next session that
/// has work becomes the owner, and sends again what had no answer.
public actor WriteSession {
    public nonisolated let folder: DataFolder
    nonisolated let now: @Sendable () -> Timestamp
    private let worker: [String]
    private let onCommit: CommitNotice?
    private var link: Link
    /// The search for the next owner that is under way.
    private var linking: Task<Void, any Error>?

    /// An owner that ends with a request in hand is followed by another; one that does so again and again is not.
    private static let maxAttempts = 20

    private enum Link {
        case owner(Owner)
        case client(FramedSocket)
        case ended
    }

    private init(
        folder: DataFolder, worker: [String], now: @escaping @Sendable () -> Timestamp, onCommit: CommitNotice?,
        link: Link
    ) {
        self.folder = folder
        self.onCommit = onCommit
        self.worker = worker
        self.now = now
        self.link = link
    }

    /// Opens a folder for writing; makes it, with the default policy as its first record, where it is missing.
    ///
    /// - Parameters:
    ///   - worker: the program and arguments that fold the views; nil: this program (see ``FoldWorker``).
    ///   - onCommit: told of each commit to the log while this process owns the folder.
    /// - Throws: `LogError` in words for people; ``OwnerBusy`` when the owner does not answer for 30 seconds.
    public static func open(
        path: String, worker: [String]? = nil, onCommit: CommitNotice? = nil
    ) async throws -> WriteSession {
        try await open(path: path, worker: worker, now: SystemClock.now, onCommit: onCommit)
    }

    /// - Parameter now: another clock than the machine's, for tests.
    static func open(
        path: String, worker: [String]?, now: @escaping @Sendable () -> Timestamp, onCommit: CommitNotice? = nil
    ) async throws -> WriteSession {
        let worker = worker ?? FoldWorker.command(for: path)
        let folder = try DataFolder(creatingAt: path)
        let link = try await link(to: folder, worker, now, onCommit)
        return WriteSession(folder: folder, worker: worker, now: now, onCommit: onCommit, link: link)
    }

    private static func link(
        to folder: DataFolder, _ worker: [String], _ now: @escaping @Sendable () -> Timestamp,
        _ onCommit: CommitNotice?
    ) async throws -> Link {
        for _ in 0..<600 {
            if let lock = try FolderLock(folder) {
                return .owner(try await Owner(folder: folder, lock: lock, worker: worker, now: now, onCommit: onCommit))
            }
            if let socket = try FramedSocket.connect(to: folder.socketPath) { return .client(socket) }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw OwnerBusy(folder: folder.path)
    }

    /// What becomes of each event, in order; returns when the good ones are on disk.
    ///
    /// - Throws: ``OwnerFailure``, whose kind says what became of the events. Sending them again is always safe.
    public func append(
        _ batch: DraftBatch, _ settings: AppendSettings = AppendSettings()
    ) async throws -> [Verdict] {
        switch try await perform(.append(batch, settings)) {
        case .verdicts(let verdicts): return verdicts
        case .rebuilt: throw OwnerFailure("the owner answered another question", .inDoubt)
        case .failed(let failure): throw failure
        }
    }

    /// Makes new generations of views from the whole log and switches to them.
    public func rebuild(
        _ views: [String], progress: @escaping @Sendable (WorkProgress) -> Void = { _ in }
    ) async throws -> [RebuildOutcome] {
        if case .owner(let owner) = link { return try await owner.rebuild(views, progress) }
        switch try await perform(.rebuild(views)) {
        case .rebuilt(let outcomes): return outcomes
        case .verdicts: throw OwnerFailure("the owner answered another question")
        case .failed(let failure): throw failure
        }
    }

    /// Sends a request to the owner, and becomes the owner when there is none any more.
    private func perform(_ request: OwnerRequest) async throws -> OwnerReply {
        for _ in 0..<Self.maxAttempts {
            switch link {
            case .owner(let owner): return await owner.handle(request)
            case .ended: throw OwnerFailure("the session has ended")
            case .client(let socket):
                if let bytes = await socket.exchange([OwnerRequest.version] + request.encode()) {
                    return try OwnerReply(bytes)
                }
                do { try await relink(behind: socket) } catch let busy as OwnerBusy {
                    // The one that hung up may have done what it was asked.
                    throw OwnerFailure("\(busy)", .inDoubt)
                }
            }
        }
        throw OwnerFailure(
            "the owner of the folder hung up \(Self.maxAttempts) times on the same request", .inDoubt)
    }

    /// Finds the owner that comes after the one that hung up, or becomes it. Callers that find that one gone at the same
    /// time share the search: two would find each other.
    private func relink(behind lost: FramedSocket) async throws {
        if let linking { return try await linking.value }
        guard case .client(let socket) = link, socket === lost else { return }
        let search = Task {
            defer { linking = nil }
            link = try await Self.link(to: folder, worker, now, onCommit)
        }
        linking = search
        try await search.value
    }

    /// Ends the session: an owner answers what it was sent, folds the views to the head and writes them back.
    ///
    /// - Returns: the customers set aside by view, where this process was the owner.
    @discardableResult
    public func finish(
        progress: @escaping @Sendable (WorkProgress) -> Void = { _ in }
    ) async throws -> [(view: String, count: Int)] {
        try? await linking?.value
        defer { link = .ended }
        guard case .owner(let owner) = link else { return [] }
        return try await owner.finish(progress)
    }
}

/// Staying open.
extension WriteSession {
    /// Keeps the folder for as long as the task runs, and lets time pass: what is due by now happens also when no event
    /// arrives.
    ///
    /// Points expire and customers lapse at the log's clock, which only what is recorded brings forward. So a program that
    /// stays open does this beside its other work:
    ///
    /// ```swift
    /// let session = try await WriteSession.open(path: "wayfold-data")
    /// let time = Task { try await session.keepTime() }
    /// for await batch in events { _ = try await session.append(batch) }
    /// time.cancel()
    /// try await session.finish()
    /// ```
    /// Once a second it looks whether a wake-up of any view is due by now; if so, and no event has arrived for a second,
    /// it appends `clock.ticked` (rule 9). A look costs nothing that grows. Every ten seconds it frees what readers that
    /// died have left, and has views written back that were folded, or folded on whose fold failed. While another process owns the folder, all that is left
    /// to it; when it has ended, this one becomes the owner.
    ///
    /// Returns when the task is cancelled or the session has ended. A full disk does not end it.
    ///
    /// - Throws: ``OwnerFailure`` when the log's writer has stopped: nothing can be appended any more until the process
    ///   is started again. And what ``open(path:worker:)`` throws.
    public func keepTime() async throws { try await keepTime(lookingEvery: .seconds(1)) }

    private static let looksBetweenUpkeep = 10

    func keepTime(lookingEvery pause: Duration) async throws {
        var looks = 0
        while !Task.isCancelled {
            if case .ended = link { return }
            do { _ = try await tickIfDue() } catch is OwnerBusy {
                // The next owner has not begun to listen, or stands still: that can pass.
            }
            looks += 1
            if looks % Self.looksBetweenUpkeep == 0, case .owner(let owner) = link { await owner.keepUp() }
            try? await Task.sleep(for: pause)
        }
    }

    /// The last position of the log, while this process owns the folder; else nil.
    public var head: Position? {
        get async { if case .owner(let owner) = link { await owner.head } else { nil } }
    }

    /// Counts the policies and schemas that were activated since this process owns the folder: as long as it stays, what was
    /// read as ``ImportRules`` holds. Nil while another process owns it.
    public var rulesVersion: Int? {
        if case .owner(let owner) = link { owner.rulesVersion } else { nil }
    }

    /// Whether this process owns the folder; else another one does, and takes what is appended here.
    public var isOwner: Bool { if case .owner = link { true } else { false } }

    /// One look: the position of the tick, where one was appended.
    func tickIfDue() async throws -> Position? {
        switch link {
        case .owner(let owner): return try await owner.tickIfDue()
        case .ended: return nil
        case .client(let socket):
            // Taken to see that it is free, and taken again by whoever is first to look for the owner.
            guard let free = try FolderLock(folder) else { return nil }
            _ = consume free
            try await relink(behind: socket)
            return nil
        }
    }

    /// Why the views were not folded when that was tried last; nil when they were. While another process owns the folder,
    /// it is that one's to know.
    public var foldFailure: FoldFailure? {
        if case .owner(let owner) = link { owner.foldFailure } else { nil }
    }
}

/// How far work on the views has come.
public struct WorkProgress: Sendable {
    /// The view that is rebuilt; nil where all are folded to the head.
    public var view: String?
    public var at: Position
    public var of: Position
}

/// The owner of a folder holds its lock, but does not answer.
public struct OwnerBusy: Error, Sendable, CustomStringConvertible {
    public let folder: String
    public var description: String { "\(folder) is owned by another process, which does not answer" }
}
