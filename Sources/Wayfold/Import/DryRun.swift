import EventLog
import Ingest
public import Touchpoints

/// What would become of events, by what the log holds now and what came before them in the same run.
public final class DryRun {
    private let log: LogReader
    private let limits: WritingRules
    private var seen: [Hash128: UInt64] = [:]

    public init(_ rules: ImportRules) throws {
        log = try LogReader(folder: rules.folder)
        limits = WritingRules(rules.policy, zone: rules.zone)
    }

    /// Verdicts as the log would give them; positions are those of today's log, new events have none yet.
    public func verdicts(_ batch: DraftBatch) throws -> [Verdict] {
        let now = SystemClock.now()
        return try batch.drafts.map { draft in
            if let position = try log.position(of: draft.identity) {
                let stored = try log.hashes(at: position)
                return stored.content == draft.content ? .duplicate(position) : .conflict(position, differing: [])
            }
            if let before = seen[draft.identity] {
                return before == draft.content ? .duplicate(log.head) : .conflict(log.head, differing: [])
            }
            do throws(Refusal) {
                try OccurredBounds(maxFuture: limits.maxFuture, minTime: limits.minTime).check(draft, now: now)
            } catch {
                return .refused(error)
            }
            seen[draft.identity] = draft.content
            return .stored(log.head)
        }
    }
}
