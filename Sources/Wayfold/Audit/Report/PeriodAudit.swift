package import Projections
package import Touchpoints
package import Transparency

/// All that a report says of a stretch of the log: what was recorded, who decided what, what is said otherwise since, what was signed.
package struct PeriodAudit {
    /// Of each list so many are shown.
    package static let rowsMax = 200

    package let standing: AuditStanding
    /// Everything is of behind this position.
    package let since: Position
    package let records: PeriodRecords
    /// With what each of them says.
    package let administration: [(event: AuditedEvent, says: [String])]
    package let decisions: [(event: AuditedEvent, decision: String)]
    /// View by view; none where nothing was known at ``since``.
    package let corrections: [PeriodCorrections]
    package let checkpoints: [PeriodCheckpoint]
    package let omittedCheckpointCount: Int
    /// That the log of the last checkpoint before the period is the beginning of that of the last one; nil where there are not two.
    package let growth: (before: SignedCheckpoint, proof: ConsistencyProof)?

    /// Looks at the whole stretch, and folds each view twice: O(log), like `VIEW/corrections`.
    ///
    /// - Parameter checkpoints: all that the log has signed.
    package init(
        _ answers: ViewAnswers, since: Position, _ standing: AuditStanding, _ auditor: EventAuditor,
        _ checkpoints: [SignedCheckpoint]
    ) throws {
        (self.standing, self.since) = (standing, since)
        records = try PeriodRecords(answers.log, behind: since, through: standing.position)
        administration = try records.administration.map { position in
            (try auditor.event(at: position), try answers.administrativeText(at: position))
        }
        decisions = try records.decisions.map { (try auditor.event(at: $0.position), $0.decision) }
        let isKnown = since > .start && answers.activePolicy(at: since) != nil
        corrections = isKnown ? try answers.catalogue.names.map { try PeriodCorrections($0, since, answers) } : []
        let signed = checkpoints.filter { $0.head.size > since.rawValue && $0.head.size <= standing.position.rawValue }
        self.checkpoints = try signed.suffix(Self.rowsMax).map { checkpoint in
            PeriodCheckpoint(
                checkpoint: checkpoint, end: try answers.log.recordedTime(at: Position(checkpoint.head.size)))
        }
        omittedCheckpointCount = signed.count - self.checkpoints.count
        let before = checkpoints.last { $0.head.size <= since.rawValue && $0.head.size > 0 }
        growth = try before.flatMap { old in
            try signed.last.map { last in
                let proof = try auditor.proof.consistency(from: old.head.size, to: last.head.size)
                guard proof.holds(forOldRoot: old.head.root) else { throw AuditError.altered }
                return (old, proof)
            }
        }
    }

    /// Each record that the report names, once; by position.
    package var events: [AuditedEvent] {
        let all = administration.map(\.event) + decisions.map(\.event)
        let byPosition = Dictionary(all.map { ($0.position, $0) }) { first, _ in first }
        return byPosition.values.sorted { $0.position < $1.position }
    }
}

/// A checkpoint, and when the last event of the log that it signs was recorded.
package struct PeriodCheckpoint {
    package let checkpoint: SignedCheckpoint
    package let end: Timestamp
}

/// What a view says otherwise now of the moment at which the period begins.
package struct PeriodCorrections {
    package let view: String
    package let columns: [Column]
    package let rows: [Row]
    package let omittedCount: Int

    init(_ view: String, _ since: Position, _ answers: ViewAnswers) throws {
        var question = Question(view: view, part: "corrections")
        question.options = ["since": "\(since)"]
        var (columns, rows, count) = ([Column](), [Row](), 0)
        try answers.answer(question, columns: { columns = $0 }) { row in
            count += 1
            if rows.count < PeriodAudit.rowsMax { rows.append(row) }
        }
        (self.view, self.columns, self.rows, omittedCount) = (view, columns, rows, count - rows.count)
    }
}
