import EventLog
package import Projections
package import Touchpoints
package import Transparency

/// Where an audit report stands, and by which program, policy and key.
package struct AuditStanding {
    package let position: Position
    /// How it was then; nil: at the clock of the position.
    package let asOf: Timestamp?
    package let clock: Timestamp
    package let epoch: Int
    /// In force at the position.
    package let policy: ActivePolicy
    package let views: [(name: String, version: Int)]
    /// By which the log's checkpoints are signed; nil: there is none.
    package let key: NoteKey?
    /// The last one that was signed.
    package let checkpoint: SignedCheckpoint?

    /// - Throws: `QueryError` where nothing was known at the position.
    package init(
        _ answers: ViewAnswers, at position: Position, asOf: Timestamp? = nil, _ checkpoints: [SignedCheckpoint]
    ) throws {
        guard position <= answers.log.head, let policy = answers.activePolicy(at: position) else {
            throw QueryError("nothing is known at position \(position)", parameter: "as-known")
        }
        (self.position, self.asOf, self.policy) = (position, asOf, policy)
        clock = try answers.log.recordedTime(at: position)
        epoch = answers.log.epoch
        views = answers.catalogue.projectors.map { ($0.name, $0.version) }
        key = try answers.folder.signingKey()?.key
        checkpoint = checkpoints.last
    }
}
