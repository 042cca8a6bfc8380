import Dispatch
import Synchronization
import Touchpoints

/// The batches that wait to be committed, and when the next ones are taken.
///
/// Whoever is answered often comes back with the next batch at once. Those who came during the commit would be committed without them,
/// and the two halves would take turns, each with a sync of its own. So the writer waits a moment until as many are there as
/// there were before.
final class AppendQueue: Sendable {
    /// A batch that waits, and who waits for its verdicts.
    struct Waiting: Sendable {
        var batch: DraftBatch
        var options: AppendOptions
        var continuation: CheckedContinuation<Result<[Verdict], AppendError>, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        var isDraining = false
        /// The writer sleeps until so many wait.
        var wanted: Int?
    }

    /// A group is committed when its batches hold this many bytes together, and what waits behind comes next.
    private static let maxGroupByteCount = 8 << 20

    private let state = Mutex(State())
    private let enough = DispatchSemaphore(value: 0)

    /// How many wait.
    var count: Int { state.withLock { $0.waiting.count } }

    /// Adds one that waits; true where the writer is to be called for it.
    func append(_ next: Waiting) -> Bool {
        let (isFirst, isEnough) = state.withLock { state in
            state.waiting.append(next)
            let isEnough = state.wanted.map { state.waiting.count >= $0 } ?? false
            if isEnough { state.wanted = nil }
            return (!exchange(&state.isDraining, with: true), isEnough)
        }
        if isEnough { enough.signal() }
        return isFirst
    }

    /// Sleeps until so many wait, or a time has come; false where it has slept in vain.
    func wait(for count: Int, until deadline: DispatchTime) -> Bool {
        guard DispatchTime.now() < deadline else { return true }
        let isEnough = state.withLock { state in
            state.wanted = state.waiting.count < count ? count : nil
            return state.wanted == nil
        }
        if isEnough || enough.wait(timeout: deadline) == .success { return true }
        // Who came at the last moment has given a signal, or sees that nobody sleeps.
        let isSignalled = state.withLock { exchange(&$0.wanted, with: nil) == nil }
        if isSignalled { enough.wait() }
        return isSignalled
    }

    /// What is to be committed next; nil where nobody waits, and the writer is to be called again. A strict batch goes alone: what
    /// may be taken back takes nothing else along.
    func takeGroup() -> [Waiting]? {
        state.withLock { state in
            guard let first = state.waiting.first else {
                state.isDraining = false
                return nil
            }
            if first.options.isStrict { return [state.waiting.removeFirst()] }
            var byteCount = 0
            let count = state.waiting.prefix { next in
                defer { byteCount += next.batch.arena.count + 144 * next.batch.count }
                return byteCount < Self.maxGroupByteCount && !next.options.isStrict
            }.count
            defer { state.waiting.removeFirst(count) }
            return Array(state.waiting.prefix(count))
        }
    }
}
