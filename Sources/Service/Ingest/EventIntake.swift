import EventLog
import Ingest
import Synchronization
import Touchpoints
import Wayfold

/// Takes events to the log of a workspace, no more at once than there is room for.
struct EventIntake: Sendable {
    let workspace: Workspace
    let actor: String
    let room: IntakeRoom
    let metrics: ServiceMetrics
    /// Where nothing is to be stored.
    var trial: Trial?

    /// How the events of one request are to be stored.
    struct Wishes: Sendable {
        /// All or none.
        var isStrict = false
        /// The position that the customer of the one event must have as its last.
        var expected: Position?
    }

    func decoder() async throws -> EventDecoder { EventDecoder(context: try await workspace.rules.context) }

    /// Counts events that could not be read.
    func note(_ rejected: [RejectedEvent]) {
        metrics.record(refused: rejected.map(\.refusal), isTrial: trial != nil, in: workspace.name)
    }

    /// What became of each event; returns when the good ones are on disk.
    ///
    /// - Parameter waits: where too much waits for the disk already, this waits, too.
    /// - Throws: ``Problem`` (429) where too much waits, and this does not; `OwnerFailure`.
    func append(_ batch: DraftBatch, _ wishes: Wishes, waits: Bool = false) async throws -> [Verdict] {
        if batch.isEmpty { return [] }
        if let trial {
            let verdicts = try await trial.verdicts(batch, wishes)
            metrics.record(trial: verdicts, in: workspace.name)
            return verdicts
        }
        var settings = AppendSettings()
        settings.actor = actor
        settings.isStrict = wishes.isStrict
        if let expected = wishes.expected { settings.expected = [0: ExpectedPosition(last: expected)] }
        let byteCount = batch.arena.count + 144 * batch.count
        if waits { try await room.wait(for: byteCount) } else { try room.take(byteCount) }
        defer { room.giveBack(byteCount) }
        let start = ContinuousClock.now
        let verdicts = try await workspace.session.append(batch, settings)
        metrics.record(verdicts, seconds: (ContinuousClock.now - start) / .seconds(1), in: workspace.name)
        return verdicts
    }
}

/// How many bytes of events may wait for the disk at once.
final class IntakeRoom: Sendable {
    private let limit: Int
    private let taken = Atomic(0)

    init(byteCount: Int) { limit = byteCount }

    /// The bytes that wait now.
    var takenByteCount: Int { taken.load(ordering: .relaxed) }

    func take(_ byteCount: Int) throws(Problem) {
        let before = taken.add(byteCount, ordering: .relaxed).oldValue
        // One that is alone is taken however large it is.
        guard before == 0 || before + byteCount <= limit else {
            giveBack(byteCount)
            throw Problem(.tooManyRequests, "more events wait for the disk than there is room for").retryable(after: 1)
        }
    }

    /// The same, as soon as there is room.
    func wait(for byteCount: Int) async throws {
        while true {
            do { return try take(byteCount) } catch { try await Task.sleep(for: .milliseconds(10)) }
        }
    }

    func giveBack(_ byteCount: Int) { taken.subtract(byteCount, ordering: .relaxed) }
}
