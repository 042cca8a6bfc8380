import Glibc

/// An executor whose jobs all run on one thread of the system, in the order in which they came.
///
/// For an actor that writes: a write transaction of LMDB belongs to the thread that began it.
///
/// ```swift
/// actor Writer {
///     private let thread = DedicatedThread()
///     nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
/// }
/// ```
public final class DedicatedThread: SerialExecutor {
    private let jobs = JobQueue()
    private let thread: pthread_t

    /// Starts the thread.
    public init() {
        let run = Unmanaged.passRetained(jobs)
        var created = pthread_t()
        let code = pthread_create(
            &created, nil,
            { context in
                Unmanaged<JobQueue>.fromOpaque(context!).takeRetainedValue().run()
                return nil
            }, run.toOpaque())
        precondition(code == 0, "the system has no thread left: \(code)")
        thread = created
    }

    deinit {
        guard jobs.finish() else { return }
        // The last reference may be let go by a job of this very thread, which cannot wait for itself.
        if isCurrent { pthread_detach(thread) } else { pthread_join(thread, nil) }
    }

    /// Waits until the jobs enqueued so far are done and ends the thread. Jobs enqueued later trap.
    public func stop() {
        precondition(!isCurrent, "a thread cannot wait for its own end")
        if jobs.finish() { pthread_join(thread, nil) }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        jobs.append(UnownedJob(job), asUnownedSerialExecutor())
    }

    /// Traps unless called on the thread: so `assumeIsolated` works.
    public func checkIsolated() { precondition(isCurrent, "not on the thread of this executor") }

    private var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }
}
