import Digests
package import EventLog
package import Touchpoints
package import Transparency

/// A record as an audit report shows it, with what proves it.
package struct AuditedEvent {
    package let position: Position
    package let occurred: Timestamp
    package let recorded: Timestamp
    package let type: String
    package let source: String
    package let actor: String?
    /// nil: it was erased.
    package let id: String?
    /// Its subject, and whom it names beside; those that were not erased.
    package let aliases: [String]
    /// What is stored of it, as the tree of hashes holds it: one JSON object.
    package let leaf: String
    /// Of the leaf, in hexadecimal.
    package let hash: String
    /// nil: it lies behind the last signed checkpoint.
    package let receipt: Receipt?
}

/// Reads records for a report.
package struct EventAuditor {
    package let log: LogReader
    package let proof: EventProof
    private let tree: LogTree

    /// - Parameter tree: of the same folder, and not older.
    package init(_ log: LogReader, _ tree: LogTree, _ checkpoints: [SignedCheckpoint]) {
        (self.log, self.tree) = (log, tree)
        proof = EventProof(tree, checkpoints)
    }

    /// The record at a position of the log; throws `AuditError` where it is not the one that was signed.
    package func event(at position: Position) throws -> AuditedEvent {
        let log = log
        let event = try log.event(at: position)
        let leaf = try tree.leaves.leaf(at: position)
        var hasher = TreeHasher()
        let names = log.dictionaries
        return AuditedEvent(
            position: position, occurred: event.occurred, recorded: event.recorded, type: names.name(of: event.type),
            source: names.name(of: event.source), actor: event.actor.isNone ? nil : names.name(of: event.actor),
            id: try log.personalEntry(at: position).map { PersonalPart(bytes: $0.span.bytes).id },
            aliases: try Self.strands(of: event).compactMap { try log.alias(of: $0)?.description },
            leaf: String(decoding: leaf, as: UTF8.self), hash: "\(hasher.leaf(leaf))",
            receipt: proof.canProve(position) ? try proof.receipt(of: position) : nil)
    }

    /// Whom an event is about, each once.
    private static func strands(of event: borrowing EventView) -> [StrandNumber] {
        var strands: [StrandNumber] = []
        for strand in [event.strand, event.otherStrand] + event.leavingStrands
        where !strand.isNone && !strands.contains(strand) {
            strands.append(strand)
        }
        return strands
    }
}
