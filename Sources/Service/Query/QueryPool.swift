import Glibc
import NIOPosix
import Synchronization

/// Answers queries on threads of its own, a few at once: they read files and fold, and must not hold up what else the
/// service does. Callers take turns.
final class QueryPool: Sendable {
    private typealias Job = @Sendable (_ isRunning: Bool) -> Void

    private let threads: NIOThreadPool
    private let limit: Int
    private let niceness: CInt
    private let state = Mutex((turns: QueryTurns<Job>(), counts: [String: Int](), count: 0))

    /// - Parameter niceness: how far its threads stand back where there is more to do than cores (0...19).
    init(threads: Int, waiting: Int, niceness: CInt = 0) {
        self.niceness = niceness
        self.threads = NIOThreadPool(numberOfThreads: threads)
        limit = threads + waiting
        self.threads.start()
    }

    /// Queries that are answered or wait for it.
    var queryCount: Int { state.withLock { $0.count } }

    /// Answers a query in its caller's turn. One that is cancelled while it waits is not begun.
    ///
    /// - Throws: ``Problem`` (503) where too many wait already. The last quarter of the room is for callers who have nothing
    ///   in it.
    func run<R: Sendable>(for caller: String, _ work: @escaping @Sendable () throws -> R) async throws -> R {
        guard enter(caller) else {
            throw Problem(.unavailable, "too many queries wait already").retryable(after: 1)
        }
        defer { leave(caller) }
        let isCancelled = Cancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { state in
                    state.turns.add(
                        { isRunning in
                            guard isRunning, !isCancelled.isSet else {
                                return continuation.resume(throwing: CancellationError())
                            }
                            continuation.resume(with: Result { try work() })
                        }, of: caller)
                }
                // Whose turn it is then.
                threads.submit { [self] item in
                    guard let job = state.withLock({ $0.turns.next() }) else {
                        preconditionFailure("there are as many jobs as turns")
                    }
                    // On Linux it is the thread's own; where it is not allowed, no harm is done.
                    if niceness > 0 { setpriority(CInt(PRIO_PROCESS.rawValue), 0, niceness) }
                    job(item == .active)
                }
            }
        } onCancel: {
            isCancelled.set()
        }
    }

    private func enter(_ caller: String) -> Bool {
        state.withLock { state in
            let room = state.counts[caller] == nil ? limit : limit - limit / 4
            guard state.count < room else { return false }
            state.count += 1
            state.counts[caller, default: 0] += 1
            return true
        }
    }

    private func leave(_ caller: String) {
        state.withLock { state in
            state.count -= 1
            state.counts[caller]! -= 1
            if state.counts[caller] == 0 { state.counts[caller] = nil }
        }
    }

    func close() async throws { try await threads.shutdownGracefully() }
}

/// Whether a task was cancelled, for who does not run in it.
private final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }
    func set() { flag.store(true, ordering: .relaxed) }
}
