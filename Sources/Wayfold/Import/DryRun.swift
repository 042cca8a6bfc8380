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

    /// How many new events it remembers.
    public var newCount: Int { seen.count }

    /// Verdicts as the log would give them; the position of what is not in the log is the start.
    ///
    /// - Parameters:
    ///   - expected: the last position that the customer of the one event must have.
    ///   - isStrict: the batch would be stored whole or not at all.
    public func verdicts(
        _ batch: DraftBatch, expecting expected: Position? = nil, isStrict: Bool = false
    ) throws -> [Verdict] {
        let now = SystemClock.now()
        let verdicts = try batch.drafts.map { try verdict(on: $0, of: batch, expected, now: now) }
        guard isStrict, verdicts.contains(where: \.hinders) else { return verdicts }
        for (draft, verdict) in zip(batch.drafts, verdicts) {
            if case .stored = verdict { seen[draft.identity] = nil }
        }
        return verdicts.map { if case .stored = $0 { .withheld } else { $0 } }
    }

    private func verdict(
        on draft: Draft, of batch: DraftBatch, _ expected: Position?, now: Timestamp
    ) throws -> Verdict {
        if let position = try log.position(of: draft.identity) {
            let stored = try log.hashes(at: position)
            if stored.content == draft.content { return .duplicate(position) }
            let differing = try log.withStoredEvent(at: position) { ConflictReport.differences($0, draft, batch) }
            return .conflict(position, differing: differing)
        }
        if let before = seen[draft.identity] {
            return before == draft.content ? .duplicate(.start) : .conflict(.start, differing: [])
        }
        do throws(Refusal) {
            try OccurredBounds(maxFuture: limits.maxFuture, minTime: limits.minTime).check(draft, now: now)
        } catch {
            return .refused(error)
        }
        if let expected {
            let kind = batch.text(draft.aliasKind)
            let alias = kind.isEmpty ? nil : EventLog.Alias(kind: kind, value: batch.text(draft.aliasValue))
            let last = try alias.map { alias throws(LogError) in try log.lastPosition(of: alias) } ?? .start
            if last != expected { return .outdated(last: last) }
        }
        seen[draft.identity] = draft.content
        return .stored(.start)
    }
}
