public import EventLog
public import Policies
public import Projections
public import Touchpoints

/// The events of a log as rows, so that conditions can choose among them.
public final class EventTable {
    /// Times and amounts are as the producer sent them; `alias` is the subject, `customer` whose it is now.
    public static let columns: [Column] = [
        .integer("position"), .time("occurred"), .time("recorded"), .text("type"), .text("source"), .text("id"),
        .text("channel"), .text("customer"), .text("alias"), .text("order"), .text("session"), .decimal("amount"),
        .text("currency"), .integer("points"), .text("actor"),
    ]

    private let log: LogReader
    private let identity: Identity
    private let policy: IdentityPolicy
    private let dictionaries: Dictionaries

    /// - Parameter policy: by it customers are named.
    public init(_ log: LogReader, _ policy: IdentityPolicy) {
        self.log = log
        self.policy = policy
        identity = log.identity(at: log.head)
        dictionaries = log.dictionaries
    }

    /// Calls `body` for each event of a range, which must not be empty, that meets the conditions.
    ///
    /// Reads of each event only what the conditions look at: ids and names, which are personal, cost about ten times what
    /// the rest does. O(events of the range).
    public func forEach(
        _ range: ClosedRange<Position>, where filter: RowFilter, _ body: (borrowing EventView) throws -> Void
    ) throws {
        let wanted = filter.columns
        try log.forEachBlock(range) { block in
            for index in 0..<block.count {
                let event = block.event(index)
                guard range.contains(event.position), try filter.accepts(row(event, wanted)) else { continue }
                try body(event)
            }
        }
    }

    /// All columns of an event.
    public func row(_ event: borrowing EventView) throws -> Row { try row(event, Set(Self.columns.indices)) }

    /// The columns of these indices, null in place of all others.
    private func row(_ event: borrowing EventView, _ wanted: Set<Int>) throws -> Row {
        var row = Row(repeating: .null, count: Self.columns.count)
        for index in wanted { row[index] = try value(index, of: event) }
        return row
    }

    private func value(_ column: Int, of event: borrowing EventView) throws -> Value {
        switch Self.columns[column].name {
        case "position": .integer(Int64(event.position.rawValue))
        case "occurred": .time(event.occurred)
        case "recorded": .time(event.recorded)
        case "type": .text(dictionaries.name(of: event.type))
        case "source": .text(dictionaries.name(of: event.source))
        case "id": try id(of: event)
        case "channel": event.channel.isNone ? .null : .text(dictionaries.name(of: event.channel))
        case "customer":
            try event.strand.isNone
                ? .null : text(log.alias(of: identity.customer(of: event.strand), in: identity, ranks: policy))
        case "alias": try event.strand.isNone ? .null : text(log.alias(of: event.strand))
        case "order": event.attribute(.orderid).map { .text($0) } ?? .null
        case "session": event.attribute(.sessionid).map { .text($0) } ?? .null
        case "amount": event.money.map(Value.money) ?? .null
        case "currency": event.money.map { .text($0.currency.code) } ?? .null
        case "points": event.points.map { .integer($0) } ?? .null
        default: event.actor.isNone ? .null : .text(dictionaries.name(of: event.actor))
        }
    }

    private func id(of event: borrowing EventView) throws -> Value {
        guard let entry = try log.personalEntry(at: event.position) else { return .null }
        return .text(PersonalPart(bytes: entry.span.bytes).id)
    }

    private func text(_ alias: Alias?) -> Value { alias.map { .text("\($0)") } ?? .null }
}
