import EventLog
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
    private let worker: [String]
    private var link: Link

    /// An owner that ends with a request in hand is followed by another; one that does so again and again is not.
    private static let maxAttempts = 20

    private enum Link {
        case owner(Owner)
        case client(FramedSocket)
        case ended
    }

    private init(folder: DataFolder, worker: [String], link: Link) {
        self.folder = folder
        self.worker = worker
        self.link = link
    }

    /// Opens a folder for writing; makes it, with the default policy as its first record, where it is missing.
    ///
    /// - Parameter worker: the program and arguments that fold the views; nil: this program (see ``FoldWorker``).
    /// - Throws: `LogError` in words for people; ``OwnerBusy`` when the owner does not answer for 30 seconds.
    public static func open(path: String, worker: [String]? = nil) async throws -> WriteSession {
        let worker = worker ?? FoldWorker.command(for: path)
        let folder = try DataFolder(creatingAt: path)
        return WriteSession(folder: folder, worker: worker, link: try await link(to: folder, worker))
    }

    private static func link(to folder: DataFolder, _ worker: [String]) async throws -> Link {
        for _ in 0..<600 {
            if let lock = try FolderLock(folder) {
                return .owner(try await Owner(folder: folder, lock: lock, worker: worker))
            }
            if let socket = try FramedSocket.connect(to: folder.socketPath) { return .client(socket) }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw OwnerBusy(folder: folder.path)
    }

    /// What becomes of each event, in order; returns when the good ones are on disk.
    public func append(
        _ batch: DraftBatch, isClockOccurred: Bool = false, isBackfill: Bool = false
    ) async throws -> [Verdict] {
        try await append(batch, AppendSettings(isClockOccurred: isClockOccurred, isBackfill: isBackfill))
    }

    func append(_ batch: DraftBatch, _ settings: AppendSettings) async throws -> [Verdict] {
        switch try await perform(.append(batch, settings)) {
        case .verdicts(let verdicts): return verdicts
        case .rebuilt: throw OwnerFailure("the owner answered another question")
        case .inDoubt(let words): throw OwnerFailure(words, isInDoubt: true)
        case .failed(let words): throw OwnerFailure(words)
        }
    }

    /// Makes new generations of views from the whole log and switches to them.
    public func rebuild(
        _ views: [String], progress: @escaping @Sendable (WorkProgress) -> Void = { _ in }
    ) async throws -> [RebuildOutcome] {
        if case .owner(let owner) = link { return try await owner.rebuild(views, progress) }
        switch try await perform(.rebuild(views)) {
        case .rebuilt(let outcomes): return outcomes
        case .verdicts, .inDoubt: throw OwnerFailure("the owner answered another question")
        case .failed(let words): throw OwnerFailure(words)
        }
    }

    /// Sends a request to the owner, and becomes the owner when there is none any more.
    private func perform(_ request: OwnerRequest) async throws -> OwnerReply {
        for _ in 0..<Self.maxAttempts {
            switch link {
            case .owner(let owner): return await owner.handle(request)
            case .ended: throw OwnerFailure("the session has ended")
            case .client(let socket):
                if socket.send([OwnerRequest.version] + request.encode()), let bytes = socket.receive() {
                    return try OwnerReply(bytes)
                }
                link = try await Self.link(to: folder, worker)
            }
        }
        throw OwnerFailure("the owner of the folder hung up \(Self.maxAttempts) times on the same request")
    }

    /// Ends the session: an owner answers what it was sent, folds the views to the head and writes them back.
    ///
    /// - Returns: the customers set aside by view, where this process was the owner.
    @discardableResult
    public func finish(
        progress: @escaping @Sendable (WorkProgress) -> Void = { _ in }
    ) async throws -> [(view: String, count: Int)] {
        defer { link = .ended }
        guard case .owner(let owner) = link else { return [] }
        return try await owner.finish(progress)
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

/// The owner could not do what it was asked.
public struct OwnerFailure: Error, Sendable, CustomStringConvertible {
    public let description: String
    /// Whether the events may be stored all the same; sending them again tells.
    public let isInDoubt: Bool

    init(_ description: String, isInDoubt: Bool = false) {
        self.description = description
        self.isInDoubt = isInDoubt
    }
}
