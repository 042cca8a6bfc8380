import Projections
import Touchpoints

/// All that a report says of one customer: what it is called, its figures, why they are so, and the records behind them.
package struct CustomerAudit {
    /// Figures of a customer with more records are not explained: that would take minutes.
    package static let explainedRecordsMax = 10_000
    /// So many records are listed.
    package static let listedRecordsMax = 1_000

    package let page: CustomerPage
    package let standing: AuditStanding
    /// View by view; none where there are too many records.
    package private(set) var explanations: [ViewExplanation] = []
    package private(set) var passages = PolicyPassages()
    /// Those that steps name, and others of the customer's while there is room; by position.
    package let events: [AuditedEvent]
    /// How many the log has under one of the customer's names.
    package let recordCount: Int
    package let omittedEventCount: Int

    /// - Parameter auditor: of the page's log.
    package init(_ page: CustomerPage, _ standing: AuditStanding, _ auditor: EventAuditor) throws {
        (self.page, self.standing) = (page, standing)
        let records = try page.recordPositions()
        recordCount = records.count
        if recordCount <= Self.explainedRecordsMax {
            for part in page.answers.catalogue.parts where part.holdsFigures {
                explanations.append(try ViewExplanation(page.question(part.view), page.answers, &passages))
            }
        }
        let named = Set(explanations.flatMap(\.positions))
        let voids = page.answers.log.voids(at: standing.position)
        let chosen = Self.choice(of: named.union(named.compactMap { voids[$0] }), among: records)
        omittedEventCount = Set(records).subtracting(chosen).count
        events = try chosen.map { try auditor.event(at: $0) }
    }

    /// The decisions that made the customer, with their records.
    package var decisions: [(event: AuditedEvent, decision: String)] {
        (explanations.first?.decisions ?? []).compactMap { made in
            events.first { $0.position == made.position }.map { ($0, made.decision) }
        }
    }

    /// What is cited, and the newest of the others, while there is room; ascending.
    static func choice(
        of cited: Set<Position>, among records: [Position], max count: Int = listedRecordsMax
    ) -> [Position] {
        let first = cited.sorted().suffix(count)
        let others = records.filter { !cited.contains($0) }.sorted().suffix(count - first.count)
        return (first + others).sorted()
    }
}
