import EventLog
public import Projections
public import Touchpoints
import Transparency
import Wayfold

/// Audit reports: one page each, which needs nothing but itself, for people who print it.
///
/// Made again at the same position, by the same program and against the same signed checkpoint, a page is the same.
public struct AuditPage {
    /// A page, and what it stands on.
    public struct Made {
        public let html: String
        public let position: Position
        /// How many records it lists.
        public let eventCount: Int
        /// How many of them lie behind the last signed checkpoint, and so have no proof.
        public let unprovedCount: Int
    }

    private let answers: ViewAnswers
    private let tree: LogTree

    /// - Parameter tree: of the folder of the answers.
    public init(_ answers: ViewAnswers, _ tree: LogTree) { (self.answers, self.tree) = (answers, tree) }

    /// One customer: who, which figures, why, by which records, and what proves them.
    ///
    /// - Throws: `QueryError` where there is no such customer; `AuditError` where the log is not the one that was signed.
    public func customer(_ alias: String, asOf: Timestamp? = nil, asKnown: Position? = nil) throws -> Made {
        try make { auditor, checkpoints in
            let page = try CustomerPage(answers, alias: alias, asOf: asOf, asKnown: asKnown)
            let standing = try AuditStanding(answers, at: page.position, asOf: asOf, checkpoints)
            let audit = try CustomerAudit(page, standing, auditor)
            return (try CustomerAuditHTML.html(audit), standing.position, audit.events)
        }
    }

    /// What was recorded behind a position, who decided what, what is said otherwise since, and what was signed.
    public func period(since position: Position) throws -> Made {
        try make { auditor, checkpoints in
            let standing = try AuditStanding(answers, at: answers.log.head, checkpoints)
            let audit = try PeriodAudit(answers, since: position, standing, auditor, checkpoints)
            return (PeriodAuditHTML.html(audit), standing.position, audit.events)
        }
    }

    private func make(
        _ body: (EventAuditor, [SignedCheckpoint]) throws -> (html: String, Position, [AuditedEvent])
    ) throws -> Made {
        try answers.atOnePosition {
            let checkpoints = try CheckpointFile.checkpoints(of: answers.folder)
            try tree.refresh()
            let (html, position, events) = try body(EventAuditor(answers.log, tree, checkpoints), checkpoints)
            return Made(
                html: html, position: position, eventCount: events.count,
                unprovedCount: events.count { $0.receipt == nil })
        }
    }
}
