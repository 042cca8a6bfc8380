import Glibc
import NIOPosix
import Synchronization

/// Answers queries on threads of its own, a few at once: they read files and fold, and must not hold up what else the
/// service does.
final class QueryPool: Sendable {
    private let threads: NIOThreadPool
    private let waitingLimit: Int
    private let niceness: CInt
    private let count = Atomic(0)

    /// - Parameter niceness: how far its threads stand back where there is more to do than cores (0...19).
    init(threads: Int, waiting: Int, niceness: CInt = 0) {
        self.niceness = niceness
        self.threads = NIOThreadPool(numberOfThreads: threads)
        waitingLimit = threads + waiting
        self.threads.start()
    }

    /// Queries that are answered or wait for it.
    var queryCount: Int { count.load(ordering: .relaxed) }

    /// - Throws: ``Problem`` (503) where too many wait already.
    func run<R: Sendable>(_ work: @escaping @Sendable () throws -> R) async throws -> R {
        guard count.add(1, ordering: .relaxed).oldValue < waitingLimit else {
            count.subtract(1, ordering: .relaxed)
            throw Problem(.unavailable, "too many queries wait already").retryable(after: 1)
        }
        defer { count.subtract(1, ordering: .relaxed) }
        return try await threads.runIfActive { [niceness] in
            // On Linux it is the thread's own; where it is not allowed, no harm is done.
            if niceness > 0 { setpriority(CInt(PRIO_PROCESS.rawValue), 0, niceness) }
            return try work()
        }
    }

    func close() async throws { try await threads.shutdownGracefully() }
}
