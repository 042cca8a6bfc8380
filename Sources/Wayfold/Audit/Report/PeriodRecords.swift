import EventLog
package import Touchpoints

/// What a stretch of the log holds: counts, and where the records lie that somebody answers for.
package struct PeriodRecords {
    package struct Kind: Hashable {
        package let type: String
        package let source: String
    }

    package private(set) var count = 0
    /// The most frequent first.
    package private(set) var kinds: [(kind: Kind, count: Int)] = []
    package private(set) var omittedKindCount = 0
    /// Policies, schemas and what else was done to the log itself.
    package private(set) var administration: [Position] = []
    package private(set) var omittedAdministrationCount = 0
    /// Who is whom, and what no longer counts.
    package private(set) var decisions: [(position: Position, decision: String)] = []
    package private(set) var omittedDecisionCount = 0

    /// Beside `admin.*`.
    private static let administrativeTypes: Set = [
        "policy.activated", "schema.activated", "erasure.completed", "audience.frozen", "improvement.started",
        "improvement.ended",
    ]

    /// O(records of the stretch).
    init(_ log: LogReader, behind since: Position, through last: Position) throws {
        guard since < last else { return }
        let names = log.dictionaries
        var counts: [Kind: Int] = [:]
        var isAdministrative: [EventType: Bool] = [:]
        try log.forEachBlock(since.next...last) { block in
            for index in 0..<block.count {
                let event = block.event(index)
                guard event.position > since, event.position <= last else { continue }
                count += 1
                let type = names.name(of: event.type)
                counts[Kind(type: type, source: names.name(of: event.source)), default: 0] += 1
                let decision = event.voidedPosition.map { "voids \($0)" } ?? event.decision.name
                if decision != IdentityDecision.none.name {
                    decisions.append((event.position, decision))
                } else if isAdministrative[event.type] ?? Self.isAdministrative(type) {
                    administration.append(event.position)
                }
                isAdministrative[event.type] = Self.isAdministrative(type)
            }
        }
        let sorted = counts.sorted { ($1.value, $0.key.type, $0.key.source) < ($0.value, $1.key.type, $1.key.source) }
        kinds = sorted.prefix(PeriodAudit.rowsMax).map { ($0.key, $0.value) }
        omittedKindCount = sorted.count - kinds.count
        omittedAdministrationCount = administration.cut(to: PeriodAudit.rowsMax)
        omittedDecisionCount = decisions.cut(to: PeriodAudit.rowsMax)
    }

    private static func isAdministrative(_ type: String) -> Bool {
        type.hasPrefix("admin.") || administrativeTypes.contains(type)
    }
}

extension Array {
    /// Keeps so many of the first; says how many went.
    fileprivate mutating func cut(to limit: Int) -> Int {
        let omitted = Swift.max(0, count - limit)
        removeLast(omitted)
        return omitted
    }
}
