public import EventLog
public import Policies
public import Projections
public import Touchpoints

/// The events that meet conditions and can be taken out of the folds, range by range; in the memory that a range takes.
public struct VoidSearch {
    /// Events that meet the conditions.
    public private(set) var matchedCount = 0
    /// Of those: that are void already.
    public private(set) var voidCount = 0
    /// Of those: that no fold sees, so that they cannot be voided.
    public private(set) var unfoldedCount = 0
    /// Of those: by type, that can be voided.
    public private(set) var countsByType: [String: Int] = [:]

    public let table: EventTable
    private let log: LogReader
    private let filter: RowFilter
    private let void: Set<Position>

    /// Positions that are looked at in one go.
    private static let rangeLength: UInt64 = 1 << 14

    /// - Parameters:
    ///   - policy: by it customers are named.
    ///   - filter: conditions on ``EventTable/columns``.
    public init(_ log: LogReader, _ policy: IdentityPolicy, where filter: RowFilter) {
        self.log = log
        self.filter = filter
        table = EventTable(log, policy)
        void = Set(log.voids(at: log.head).keys)
    }

    /// Where the log ends that is searched.
    public var head: Position { log.head }

    /// The ranges of the log, one behind the other.
    public var ranges: some Sequence<ClosedRange<Position>> {
        let head = log.head.rawValue
        return stride(from: 1, through: head, by: Int(Self.rangeLength)).lazy.map { first in
            Position(first)...Position(min(head, first + Self.rangeLength - 1))
        }
    }

    /// Calls `body` for each event of a range that can be voided.
    public mutating func forEach(
        _ range: ClosedRange<Position>, _ body: (borrowing EventView) throws -> Void
    ) throws {
        try table.forEach(range, where: filter) { event in
            matchedCount += 1
            if void.contains(event.position) {
                voidCount += 1
            } else if !event.isFolded {
                unfoldedCount += 1
            } else {
                countsByType[log.dictionaries.name(of: event.type), default: 0] += 1
                try body(event)
            }
        }
    }
}
