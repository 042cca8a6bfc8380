import Digests
import Foundation
import Projections
import Synchronization
import Touchpoints

/// Keeps the fold worker going: starts it, hands it work, and starts it again when a projector has ended it.
///
/// Commands run one after the other on a queue of their own, whose thread may block.
final class FoldSupervisor: Sendable {
    /// What the worker tells while it works.
    enum Progress: Sendable {
        case folding(at: Position, head: Position)
        case rebuilding(view: String, at: Position, of: Position)
    }

    /// What a command ended with.
    struct Outcome: Sendable {
        var position = Position.start
        /// When the next customer of any view wants to be woken; of `follow` only.
        var earliestWakeUp: Timestamp?
        var rebuilt: [RebuildOutcome] = []
        var setAside: [(view: String, count: Int)] = []
    }

    /// A worker that ends so often without getting on is given up.
    private static let maxRestarts = 1_000

    /// How long the worker is not told of what comes, so that it comes together.
    private static let gathering = DispatchTimeInterval.milliseconds(50)

    private let command: [String]
    private let pauseAfterFailure: Duration
    private let queue = DispatchQueue(label: "wayfold.fold")
    private let worker = Unchecked<WorkerProcess?>(nil)
    private let isFollowing = Atomic(false)
    private let wakeUps = Mutex(KnownWakeUp())

    /// The next wake-up, as known behind the last of the calls of `follow` that was done, and whether that failed.
    private struct KnownWakeUp {
        var asked = 0
        var told = 0
        var earliest: Timestamp?
        var failure: FoldFailure?
        var failedAt: ContinuousClock.Instant?
    }

    /// - Parameters:
    ///   - command: program and arguments that run ``FoldWorker``; `--accused` is added where it applies.
    ///   - pauseAfterFailure: so long after one that failed ``follow()`` does nothing.
    init(command: [String], pauseAfterFailure: Duration = .seconds(1)) {
        self.command = command
        self.pauseAfterFailure = pauseAfterFailure
    }

    /// Tells the worker, once it is idle, that there is more in the log. Returns at once; many calls make one.
    ///
    /// It waits a moment for more: a fold of one event costs nearly what one of a hundred does, and takes a core from those who
    /// append. Answers do not wait for it, since they fold what is new themselves.
    ///
    /// - Parameter hasNews: whether the next wake-up that is known may be another one by then.
    func follow(hasNews: Bool = true) {
        if hasNews { wakeUps.withLock { $0.asked += 1 } }
        guard !isFollowing.exchange(true, ordering: .acquiringAndReleasing) else { return }
        queue.asyncAfter(deadline: .now() + Self.gathering) { [self] in
            isFollowing.store(false, ordering: .releasing)
            let (asked, failedAt) = wakeUps.withLock { ($0.asked, $0.failedAt) }
            // Where a worker cannot fold, one is started again now and then, not for each append.
            if let failedAt, .now - failedAt < pauseAfterFailure { return }
            let result = Result { try perform("follow", { _ in }) }
            wakeUps.withLock { known in
                switch result {
                case .success(let outcome):
                    known.told = asked
                    known.earliest = outcome.earliestWakeUp
                    (known.failure, known.failedAt) = (nil, nil)
                case .failure(let error):
                    known.failure = error as? FoldFailure ?? FoldFailure("\(error)")
                    known.failedAt = .now
                }
            }
        }
    }

    /// When the next customer of any view wants to be woken; nil if none does, or the views are being folded.
    var earliestWakeUp: Timestamp? { wakeUps.withLock { $0.told == $0.asked ? $0.earliest : nil } }

    /// Why the last of the calls of ``follow()`` that was done has failed; nil when it has not.
    var failure: FoldFailure? { wakeUps.withLock { $0.failure } }

    /// Runs a command to its end.
    func run(_ line: String, _ progress: @escaping @Sendable (Progress) -> Void = { _ in }) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in continuation.resume(with: Result { try perform(line, progress) }) }
        }
    }

    /// Ends the worker where it is; what it has not written back is folded again by the next.
    func abandon() {
        queue.async { [self] in
            _ = worker.value?.end()
            worker.value = nil
        }
    }

    private func perform(_ line: String, _ progress: (Progress) -> Void) throws -> Outcome {
        var isAccused = false
        var kills = 0
        for _ in 0..<Self.maxRestarts {
            if worker.value == nil { worker.value = try WorkerProcess(command + (isAccused ? ["--accused"] : [])) }
            let current = worker.value!
            let answer: Outcome?
            do { answer = try converse(with: current, line, progress) } catch {
                worker.value = nil
                _ = current.end()
                throw error
            }
            if let outcome = answer {
                if line == "finish" {
                    _ = current.end()
                    worker.value = nil
                }
                return outcome
            }
            worker.value = nil
            switch current.end() {
            case .trapped: isAccused = true
            case .killed(let signal):
                kills += 1
                isAccused = false
                guard kills < 3 else { throw FoldFailure("the fold worker was killed by signal \(signal)") }
            case .exited(let status): throw FoldFailure("the fold worker ended with status \(status)")
            }
        }
        throw FoldFailure("the fold worker ended \(Self.maxRestarts) times")
    }

    /// Sends a command and reads its answer; nil when the worker ended before it was complete.
    private func converse(
        with worker: WorkerProcess, _ line: String, _ progress: (Progress) -> Void
    ) throws -> Outcome? {
        var outcome = Outcome()
        // A worker that has ended already may have said why.
        try? worker.send(line)
        while let reply = worker.nextLine() {
            let words = reply.split(separator: " ").map(String.init)
            switch (words.first, words.count) {
            case ("at", 3): progress(.folding(at: position(words[1]), head: position(words[2])))
            case ("rebuilding", 4):
                progress(.rebuilding(view: words[1], at: position(words[2]), of: position(words[3])))
            case ("rebuilt", 6):
                guard let digest = Digest256(words[4]), let comparison = RebuildOutcome.Comparison(rawValue: words[5])
                else { throw FoldFailure("the fold worker said: \(reply)") }
                outcome.rebuilt.append(
                    RebuildOutcome(
                        view: words[1], generation: Int(words[2]) ?? 0, position: position(words[3]), digest: digest,
                        comparison: comparison))
            case ("aside", 3): outcome.setAside.append((words[1], Int(words[2]) ?? 0))
            case ("done", 2...3):
                outcome.position = position(words[1])
                if words.count == 3 { outcome.earliestWakeUp = Int64(words[2]).map(Timestamp.init(rawValue:)) }
                return outcome
            case ("failed", _): throw FoldFailure(words.dropFirst().joined(separator: " "))
            default: throw FoldFailure("the fold worker said: \(reply)")
            }
        }
        return nil
    }

    private func position(_ word: String) -> Position { Position(UInt64(word) ?? 0) }
}

/// The views could not be folded; the log is whole, and the next command folds on.
public struct FoldFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// State that one queue alone touches.
private final class Unchecked<Value>: @unchecked Sendable {
    var value: Value

    init(_ value: Value) { self.value = value }
}
