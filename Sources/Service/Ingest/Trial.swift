import EventLog
import Synchronization
import Touchpoints
import Wayfold

/// What would become of the events of one request, batch by batch: so an event that is sent twice is found wherever it stands.
final class Trial: Sendable {
    /// Each new event is remembered, in some 32 bytes.
    private static let newEventsMax = 1_000_000

    private let rules: ImportRules
    private let pool: QueryPool
    private let turn: String
    private let run = Mutex<DryRun?>(nil)

    /// - Parameters:
    ///   - pool: where the log is read.
    ///   - turn: in whose turn.
    init(_ rules: ImportRules, pool: QueryPool, turn: String) {
        self.rules = rules
        self.pool = pool
        self.turn = turn
    }

    /// What becomes of each event: without a position where the log does not have it.
    ///
    /// - Throws: ``Problem`` (413) where there are too many new ones to remember.
    func verdicts(_ batch: DraftBatch, _ wishes: EventIntake.Wishes) async throws -> [Verdict] {
        try await pool.run(for: turn) { [self] in
            try run.withLock { run in
                let dry = try run ?? DryRun(rules)
                run = dry
                let verdicts = try dry.verdicts(batch, expecting: wishes.expected, isStrict: wishes.isStrict)
                guard dry.newCount <= Self.newEventsMax else {
                    throw Problem(.tooLarge, "a trial takes at most \(Self.newEventsMax) new events: send it in parts")
                }
                return verdicts
            }
        }
    }
}
