import Glibc

/// The jobs of a dedicated thread, and the loop that runs them.
///
/// Not a `Mutex`: the thread must sleep until there is a job, which needs a condition of the system.
final class JobQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [(job: UnownedJob, executor: UnownedSerialExecutor)] = []
    private var isFinished = false

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func append(_ job: UnownedJob, _ executor: UnownedSerialExecutor) {
        pthread_mutex_lock(mutex)
        precondition(!isFinished, "a job for a thread that was stopped")
        waiting.append((job, executor))
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Lets the loop end when nothing waits any more; false when it was told so before.
    func finish() -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if isFinished { return false }
        isFinished = true
        pthread_cond_signal(condition)
        return true
    }

    /// Runs jobs until there are none and none will come.
    func run() {
        var batch: [(job: UnownedJob, executor: UnownedSerialExecutor)] = []
        while true {
            pthread_mutex_lock(mutex)
            while waiting.isEmpty && !isFinished { pthread_cond_wait(condition, mutex) }
            swap(&batch, &waiting)
            pthread_mutex_unlock(mutex)
            if batch.isEmpty { return }
            for (job, executor) in batch { job.runSynchronously(on: executor) }
            batch.removeAll(keepingCapacity: true)
        }
    }
}
