import EventLog
import Synchronization
import Touchpoints

@testable import Projections

/// A log for one test, written in commits under a clock that the test sets.
final class Journal {
    let scratch = Scratch()
    let folder: DataFolder
    let log: LogReader
    private let writer: LogWriter
    private let now: Now
    private var count = 0

    private final class Now: Sendable {
        let value = Mutex(Timestamp(hour: 0))
    }

    /// A log whose first record activates the policy in `yaml`.
    init(policy yaml: String = "timeZone: UTC") async throws {
        folder = try DataFolder(creatingAt: scratch.path + "/data")
        let now = Now()
        self.now = now
        writer = try LogWriter(folder: folder, now: { now.value.withLock { $0 } })
        log = try LogReader(folder: folder)
        var options = AppendOptions()
        options.asFirst = true
        try await append([Happening(policy: yaml, at: 0)], now: 0, options)
    }

    /// Appends in one commit, recorded by the clock.
    func append(_ happenings: [Happening], now hour: Int) async throws {
        try await append(happenings, now: hour, AppendOptions())
    }

    /// Appends in one commit.
    func append(_ happenings: [Happening], now hour: Int, _ options: AppendOptions) async throws {
        now.value.withLock { $0 = Timestamp(hour: hour) }
        var options = options
        options.maxFuture = .hours(100_000)
        let verdicts = try await writer.append(DraftBatch(happenings, firstID: count), options)
        count += happenings.count
        for verdict in verdicts {
            guard case .stored = verdict else { fatalError("an event of a test is not stored: \(verdict)") }
        }
        try log.refresh()
    }

    /// The policies that the log has activated up to a position.
    func policies(through position: Position) throws -> [ActivePolicy] {
        var history = PolicyHistory()
        try history.refresh(from: log)
        return history.policies.filter { $0.position <= position }
    }
}
