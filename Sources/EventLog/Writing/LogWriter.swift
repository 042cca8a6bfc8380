import Dispatch
import LMDB
import Touchpoints

/// The one writer of a log: gives positions, commits what waits together, and answers when it is on disk.
///
/// ```swift
/// let writer = try LogWriter(folder: folder, now: systemTime)
/// let verdicts = try await writer.append(batch, AppendOptions())
/// ```
/// Batches that come while a commit is under way wait and are committed together, in one synced transaction, with those who come
/// back from it at once. The caller holds the folder's ``FolderLock``; another writer is noticed, but stops this one.
public actor LogWriter {
    /// Behind a commit of so many events or fewer the next one is put off a moment; see ``AppendQueue``.
    private static let smallGroup = 128
    /// So many commits follow each other without a pause once one was put off in vain.
    private static let hurriedAtOnce = 128
    /// With less than this free on the disk, beside what is to be written, appends are refused.
    private static let reserveByteCount: UInt64 = 64 << 20

    /// A closing writer leaves a tail shorter than this to be scanned.
    private static let leastRun = 4_096
    /// The strands of so many customers at least are known without a look into the runs; some 100 MiB.
    private static let rememberedAliases = 1 << 20

    private let thread = DedicatedThread()
    private let folder: DataFolder
    private let now: @Sendable () -> Timestamp
    private let nameDifferences: NameDifferences?
    private let tailLimit: Int
    private let onCommit: CommitNotice?
    private let index: IndexTables
    private let indexer: Indexer
    private var log: CommittedLog
    /// Who is one customer at the end of the log.
    private var judge: IdentityJudge
    /// Beside the actor: whoever comes need not wait for its thread, which may be at a commit.
    private let queue = AppendQueue()
    /// How many may wait again soon behind the last commit, and until when the next one is put off for them.
    private var returning = (count: 0, deadline: DispatchTime(uptimeNanoseconds: 0))
    /// So many commits are not put off any more, since those who were waited for did not come in time.
    private var hurriedCommits = 0
    private var hasStopped = false
    /// The writing of runs that is under way.
    private var indexing: Task<Void, Never>?
    /// After a failure the indexer tries again when the tail is longer than this.
    private var nextIndexing: Int

    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Opens the log for writing, and makes it where there is none. O(events that no run speaks of).
    ///
    /// - Parameters:
    ///   - now: the machine's time, asked once a commit.
    ///   - nameDifferences: names what differs in a conflict; without it, verdicts name nothing.
    ///   - tailLimit: with so many entries the tail is written behind into sorted runs.
    ///   - onCommit: told of each commit behind it, on the writer's thread.
    public init(
        folder: DataFolder, now: @escaping @Sendable () -> Timestamp, nameDifferences: NameDifferences? = nil,
        tailLimit: Int = 512 * 1024, onCommit: CommitNotice? = nil
    ) throws(LogError) {
        self.folder = folder
        self.now = now
        self.nameDifferences = nameDifferences
        self.tailLimit = tailLimit
        self.onCommit = onCommit
        nextIndexing = tailLimit
        let tables = try LogTables(folder, .readWrite)
        let writer: IndexWriter
        do {
            writer = try Self.openIndex(folder, tables, tailLimit: tailLimit)
        } catch .damagedIndex {
            // Its manifest was dropped: now it is made anew.
            writer = try Self.openIndex(folder, tables, tailLimit: tailLimit)
        }
        index = writer.tables
        indexer = Indexer(writer)
        var log = try CommittedLog(folder, tables, runs: RunSet(index), remembering: Self.rememberedAliases)
        try log.catchUp()
        judge = IdentityJudge(log.state.decisions)
        self.log = log
    }

    /// Opens the index, and lets it catch up where it was lost or is far behind, in bounded memory.
    private static func openIndex(
        _ folder: DataFolder, _ tables: LogTables, tailLimit: Int
    ) throws(LogError) -> IndexWriter {
        let blocks = try LogSnapshot(tables)
        var writer = try IndexWriter(folder, of: blocks)
        let last = try blocks.lastBlock() ?? .start
        guard last.rawValue > writer.manifest.position.rawValue + UInt64(tailLimit) else { return writer }
        var log = try CommittedLog(folder, tables, runs: RunSet(writer.tables), remembering: 0)
        while try !log.catchUp(limit: tailLimit) {
            try writer.write(log.freezeTail(), upTo: log.state.manifest)
            if let runs = try RunSet(writer.tables) { log.adopt(runs) }
        }
        return writer
    }

    /// Appends the drafts of a batch in their order, and returns their verdicts when they are on disk.
    ///
    /// Each draft has its own verdict: a refused one does not stop the others, but where the options say that the batch
    /// is to be stored whole or not at all. Safe to call again after any error: what was stored comes back as a duplicate.
    public nonisolated func append(
        _ batch: DraftBatch, _ options: AppendOptions
    ) async throws(AppendError) -> [Verdict] {
        if batch.isEmpty { return [] }
        let result = await withCheckedContinuation { continuation in
            let next = AppendQueue.Waiting(batch: batch, options: options, continuation: continuation)
            if queue.append(next) { Task { await drain() } }
        }
        return try result.get()
    }

    /// Commits what waits, refuses everything from now on, and writes the indexes so that the next opening is short.
    ///
    /// A writer that was stopped by an error writes nothing more: the log may be another's by now.
    public func close() async throws(LogError) {
        drain()
        let wasStopped = hasStopped
        hasStopped = true
        await indexing?.value
        if wasStopped { return }
        guard log.state.tail.count >= Self.leastRun || !log.state.frozen.isEmpty else { return }
        try await indexer.write(log.freezeTail(), upTo: log.state.manifest)
    }

    /// Whether the log holds no event.
    public var isEmpty: Bool { log.state.head == .start }
    /// The last position of the log.
    public var head: Position { log.state.head }
    /// How many commits the writer has made.
    public private(set) var commitCount = 0

    private func drain() {
        awaitReturning()
        while let group = queue.takeGroup() {
            commitGroup(group)
            awaitReturning()
        }
        if log.state.tail.count >= nextIndexing, indexing == nil { writeBehind() }
    }

    private func awaitReturning() {
        if hurriedCommits > 0 {
            hurriedCommits -= 1
        } else if !queue.wait(for: returning.count, until: returning.deadline) {
            hurriedCommits = Self.hurriedAtOnce
        }
    }

    /// Frees the slots of readers whose processes died: while they stand, the files keep what they saw and grow.
    public func checkReaders() {
        // They cost room, nothing else: a failure is for the next time.
        _ = try? log.blocks.tables.environment.checkReaders()
        _ = try? index.environment.checkReaders()
    }

    private func writeBehind() {
        checkReaders()
        let tails = log.freezeTail()
        let state = log.state.manifest
        indexing = Task {
            nextIndexing = tailLimit
            do {
                try await indexer.write(tails, upTo: state)
            } catch {
                // The tails that were not written stay in memory, and the next writing takes them along.
                nextIndexing = log.state.tail.count + tailLimit
            }
            if let runs = try? RunSet(index, knowing: log.runs) { log.adopt(runs) }
            indexing = nil
        }
    }

    private func commitGroup(_ group: [AppendQueue.Waiting]) {
        let start = DispatchTime.now()
        let result = Result { () throws(AppendError) in try commit(group) }
        let end = DispatchTime.now()
        // A greater group is worth a sync of its own, and what comes next takes its time to be read.
        if group.reduce(0, { $0 + $1.batch.count }) <= Self.smallGroup {
            let patience = (end.uptimeNanoseconds - start.uptimeNanoseconds) / 2
            returning = (group.count + queue.count, DispatchTime(uptimeNanoseconds: end.uptimeNanoseconds + patience))
        } else {
            returning.deadline = end
        }
        switch result {
        case .success(var verdicts):
            for (index, next) in group.enumerated() {
                nameConflicts(&verdicts[index], next.batch)
                next.continuation.resume(returning: .success(verdicts[index]))
            }
        case .failure(let error):
            for next in group { next.continuation.resume(returning: .failure(error)) }
        }
    }

    /// Decides about the group and commits it; the verdicts of each batch.
    private func commit(_ group: [AppendQueue.Waiting]) throws(AppendError) -> [[Verdict]] {
        if hasStopped { throw .stopped }
        let verdicts: [[Verdict]]
        let blocks: [BlockBuilder.Packed]
        do {
            (verdicts, blocks) = try decide(group)
        } catch {
            hasStopped = true
            throw .failed(error)
        }
        guard !blocks.isEmpty else { return verdicts }
        do { try store(blocks) } catch {
            judge = IdentityJudge(log.state.decisions)
            throw error
        }
        commitCount += 1
        let before = log.state.head
        // From here on the events are stored, whatever happens: the verdicts hold.
        do { try log.takeCommitted(blocks) } catch { hasStopped = true }
        onCommit?(
            CommitSize(
                events: Int(log.state.head.rawValue - before.rawValue),
                bytes: blocks.reduce(0) { $0 + $1.block.count + $1.personal.count }))
        return verdicts
    }

    private func decide(_ group: [AppendQueue.Waiting]) throws(LogError) -> ([[Verdict]], [BlockBuilder.Packed]) {
        let now = now()
        // Handed over and taken back, never copied: it holds all strands that were ever joined.
        var staging = Staging(
            behind: log.state, hashedBy: log.hasher, judge: exchange(&judge, with: IdentityJudge()),
            expecting: group.reduce(0) { $0 + $1.batch.count })
        var verdicts: [[Verdict]] = []
        for next in group {
            verdicts.append(try staging.add(next.batch, next.options, now: now, log: log))
        }
        for (alias, strand) in staging.foundInRuns { log.remember(strand, of: alias) }
        if group[0].options.isStrict, let withheld = verdicts[0].withheld(behind: log.state.head) {
            // O(decisions of the log), but only where the batch itself joins or parts customers.
            judge = staging.hasJudged ? IdentityJudge(log.state.decisions) : staging.judge
            return ([withheld], [])
        }
        staging.finish()
        judge = staging.judge
        return (verdicts, staging.blocks)
    }

    /// Puts the blocks into the log and syncs.
    private func store(_ blocks: [BlockBuilder.Packed]) throws(AppendError) {
        let byteCount = blocks.reduce(0) { $0 + $1.block.count + $1.personal.count }
        if let free = freeBytes(at: folder.logPath), free < Self.reserveByteCount + UInt64(byteCount) { throw .full }
        do { try log.blocks.tables.append(blocks) } catch {
            switch error.reason {
            case .mapFull, .diskFull: throw .full
            case .commitUnknown:
                hasStopped = true
                throw .inDoubt
            default:
                hasStopped = true
                throw .failed(.storage(error))
            }
        }
    }

    private func nameConflicts(_ verdicts: inout [Verdict], _ batch: DraftBatch) {
        guard let nameDifferences else { return }
        for index in verdicts.indices {
            guard case .conflict(let position, _) = verdicts[index] else { continue }
            let differing = try? log.withStoredEvent(at: position) { stored in
                nameDifferences(stored, batch.drafts[index], batch)
            }
            verdicts[index] = .conflict(position, differing: differing ?? [])
        }
    }
}
