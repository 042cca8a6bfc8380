import EventLog
import Policies
import Projections
import Synchronization
import Touchpoints

/// The process that owns a data folder: its lock, the writer of the log, the socket for others, the fold worker.
final class Owner: Sendable {
    private let lock: Mutex<FolderLock?>
    private let writer: LogWriter
    private let folder: DataFolder
    private let folds: FoldSupervisor
    private let server = Mutex<OwnerServer?>(nil)
    private let rules: Mutex<WritingRules>
    private let activations = Atomic(0)
    private let now: @Sendable () -> Timestamp
    private let ticking = Mutex(Ticking())
    /// Why the writer has stopped.
    private let failure = Mutex<OwnerFailure?>(nil)

    /// - Parameters:
    ///   - now: the machine's time.
    ///   - onCommit: told of each commit.
    init(
        folder: DataFolder, lock: consuming FolderLock, worker: [String], now: @escaping @Sendable () -> Timestamp,
        onCommit: CommitNotice? = nil
    ) async throws {
        self.lock = Mutex(consume lock)
        self.folder = folder
        self.now = now
        writer = try LogWriter(
            folder: folder, now: now, nameDifferences: ConflictReport.differences, onCommit: onCommit)
        folds = FoldSupervisor(command: worker)
        rules = Mutex(WritingRules(.default, zone: .utc))
        try await writer.activateDefaultPolicy(in: folder)
        try readRules()
        let listening = try OwnerServer(path: folder.socketPath) { [weak self] request in
            await self?.handle(request) ?? .failed(OwnerFailure("the owner of the folder has ended"))
        }
        server.withLock { $0 = listening }
        folds.follow()
    }

    /// The last position of the log.
    var head: Position { get async { await writer.head } }

    /// Counts the policies and schemas that this owner has brought into force.
    var rulesVersion: Int { activations.load(ordering: .acquiring) }

    /// What the policy in force says of writing. Of two that read it at a time, the later one reads the newer log.
    private func readRules() throws {
        try rules.withLock { rules in
            var history = PolicyHistory()
            try history.refresh(from: LogReader(folder: folder))
            if let active = history.latest { rules = WritingRules(active.policy, zone: active.zone) }
        }
    }

    func handle(_ request: OwnerRequest) async -> OwnerReply {
        do {
            switch request {
            case .append(let batch, let settings):
                ticking.withLock { $0.noteArrival(at: now()) }
                let verdicts = try await writer.append(batch, settings.options(rules.withLock { $0 }))
                if batch.drafts.contains(where: { $0.type == .policyActivated }) { try readRules() }
                if batch.drafts.contains(where: { $0.type == .policyActivated || $0.type == .schemaActivated }) {
                    activations.add(1, ordering: .releasing)
                }
                folds.follow()
                return .verdicts(verdicts)
            case .rebuild(let views): return .rebuilt(try await rebuild(views) { _ in })
            }
        } catch let error as AppendError {
            let failure = OwnerFailure(error)
            if failure.kind != .full { giveUp(failure) }
            return .failed(failure)
        } catch {
            return .failed(OwnerFailure("\(error)"))
        }
    }

    /// Appends `clock.ticked` when a wake-up is due by now, and nothing has arrived for a second; its position.
    ///
    /// - Throws: ``OwnerFailure`` when the writer has stopped, now or before.
    func tickIfDue() async throws -> Position? {
        if let failure = failure.withLock({ $0 }) { throw failure }
        let earliest = folds.earliestWakeUp
        guard ticking.withLock({ $0.isDue(earliest, now: now()) }) else { return nil }
        let tick = try EngineEvents(keys: folder.hashKeys).clockTicked(to: nil)
        switch await handle(.append(tick, AppendSettings())) {
        case .verdicts(let verdicts):
            guard case .stored(let position)? = verdicts.first else { return nil }
            return position
        case .failed(let failure):
            // With room, the next look ticks.
            if failure.kind == .full { return nil }
            throw failure
        case .rebuilt: preconditionFailure("an append is answered with verdicts")
        }
    }

    /// What is to be done now and then while the process stays open.
    func keepUp() async {
        await writer.checkReaders()
        // Also what was folded last is written back then, where nothing comes behind it.
        folds.follow(hasNews: false)
    }

    var foldFailure: FoldFailure? { folds.failure }

    /// The writer has stopped: others are to open the log again, which tells what is in it.
    private func giveUp(_ reason: OwnerFailure) {
        failure.withLock { $0 = $0 ?? reason }
        Task {
            try? await blocking { self.stopServing() }
            folds.abandon()
            // Until what is being written into the indexes is written, nobody else is to write there.
            try? await writer.close()
            lock.withLock { $0 = nil }
        }
    }

    private func stopServing() {
        let stopping = server.withLock { server in
            defer { server = nil }
            return server
        }
        stopping?.stop()
    }

    func rebuild(
        _ views: [String], _ progress: @escaping @Sendable (WorkProgress) -> Void
    ) async throws -> [RebuildOutcome] {
        try await folds.run((["rebuild"] + views).joined(separator: " ")) { progress(WorkProgress($0)) }.rebuilt
    }

    /// Folds the views to the head, takes no more from others, writes everything back and gives the folder up.
    ///
    /// The long work is done while others are still served; after it the folder is without an owner for a moment.
    ///
    /// - Throws: ``OwnerFailure`` where the writer had stopped: the folder was given up then, and nothing is folded.
    func finish(
        _ progress: @escaping @Sendable (WorkProgress) -> Void
    ) async throws -> [(view: String, count: Int)] {
        ticking.withLock { $0.hasEnded = true }
        if let failure = failure.withLock({ $0 }) { throw failure }
        var failure: (any Error)?
        do { _ = try await folds.run("follow") { progress(WorkProgress($0)) } } catch { failure = error }
        try await blocking { self.stopServing() }
        var setAside: [(view: String, count: Int)] = []
        do { setAside = try await folds.run("finish") { progress(WorkProgress($0)) }.setAside } catch {
            if failure == nil { failure = error }
        }
        try await writer.close()
        if let failure { throw failure }
        return setAside
    }
}

extension WorkProgress {
    init(_ progress: FoldSupervisor.Progress) {
        switch progress {
        case .folding(let at, let head): self.init(view: nil, at: at, of: head)
        case .rebuilding(let view, let at, let of): self.init(view: view, at: at, of: of)
        }
    }
}
