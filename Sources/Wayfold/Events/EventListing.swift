import EventLog
public import Projections
public import Touchpoints

/// The events of a log as they came.
extension ViewAnswers {
    /// A call that is not about one customer looks at so many positions.
    private static let listedPositions: UInt64 = 1 << 16

    /// Hands on the events that a selection takes, in the order of their positions, each as CloudEvents 1.0 JSON.
    ///
    /// Beside what the producer sent, an event says `wayfoldposition`, `wayfoldrecorded` (a time) and `wayfoldactor`, as
    /// texts: a position can be greater than CloudEvents lets a number be. `wayfold import` leaves these out, so that what
    /// is listed can be imported again: into the same folder as duplicates. One without `time` happened when it was
    /// recorded. What was erased is left out, the `id` too; what the engine recorded, no producer can send.
    ///
    /// Where a page ends before its end, the next one begins behind it, at last at the head:
    ///
    /// ```swift
    /// repeat {
    ///     selection.after = try answers.events(selection) { position, json in send(json) }
    /// } while selection.after < answers.log.head
    /// ```
    /// O(65,536 events) a page and what it hands on; about one customer O(its events behind `after`), up to all of them
    /// where runs of the indexes speak of some.
    ///
    /// - Returns: the position up to which all that the selection takes was handed on: a page may be empty.
    /// - Throws: `QueryError` where nobody is known by the customer's alias; what `emit` throws.
    public func events(
        _ selection: EventSelection, emit: (_ position: Position, _ json: String) throws -> Void
    ) throws -> Position { try events(selection, lookingAt: Self.listedPositions, emit: emit) }

    /// - Parameter count: the positions of a page that is not about one customer.
    func events(
        _ selection: EventSelection, lookingAt count: UInt64, emit: (Position, String) throws -> Void
    ) throws -> Position {
        let after = selection.after
        let positions = try selection.customer.map { try self.positions(of: $0, behind: after) }
        guard after < log.head, let filter = EventFilter(selection, log.dictionaries) else {
            return max(after, log.head)
        }
        if selection.limit <= 0 { return after }
        var listing = Listing(
            log: log, filter: filter, dictionaries: log.dictionaries, left: selection.limit,
            bytesLeft: selection.byteLimit)
        if let positions { return try listing.list(positions, emit) }
        let last = min(log.head, Position(after.rawValue + count))
        return try listing.scan(after.next...last, emit)
    }

    /// Where the events of a customer stand behind a position, ascending.
    private func positions(of customer: String, behind after: Position) throws -> [Position] {
        let identity = log.identity(at: log.head)
        var positions: [Position] = []
        for strand in identity.strands(of: identity.customer(of: try strand(named: customer))) {
            let keys = try log.recentHistory(of: strand, behind: after) ?? log.history(of: strand, through: log.head)
            for key in keys where key.position > after { positions.append(key.position) }
        }
        return positions.sorted()
    }
}

/// One page of events.
private struct Listing {
    let log: LogReader
    let filter: EventFilter
    let dictionaries: Dictionaries
    /// So many more are handed on.
    var left: Int
    /// So many more bytes.
    var bytesLeft: Int

    typealias Emit = (Position, String) throws -> Void

    /// Goes through events at these positions, which are all that can meet the selection up to the head.
    mutating func list(_ positions: [Position], _ emit: Emit) throws -> Position {
        let log = log
        for position in positions {
            let event = try log.event(at: position)
            guard filter.accepts(event) else { continue }
            if try isLast(event, emit) { return position }
        }
        return log.head
    }

    /// Goes through all events of a range.
    mutating func scan(_ range: ClosedRange<Position>, _ emit: Emit) throws -> Position {
        do {
            try log.forEachBlock(range) { block in
                for index in block.index(of: max(block.first, range.lowerBound))..<block.count {
                    let event = block.event(index)
                    guard event.position <= range.upperBound else { return }
                    guard filter.accepts(event) else { continue }
                    if try isLast(event, emit) { throw IsFull(at: event.position) }
                }
            }
        } catch let full as IsFull {
            return full.at
        }
        return range.upperBound
    }

    /// Hands on an event; whether the page is full with it.
    private mutating func isLast(_ event: borrowing EventView, _ emit: Emit) throws -> Bool {
        let text = try text(of: event)
        try emit(event.position, text)
        left -= 1
        bytesLeft -= text.utf8.count
        return left == 0 || bytesLeft <= 0
    }

    /// The page is full with the event there.
    private struct IsFull: Error { let at: Position }

    private func text(of event: borrowing EventView) throws -> String {
        let entry = try log.personalEntry(at: event.position)
        return try EventText.json(of: event, entry.map { PersonalPart(bytes: $0.span.bytes) }, in: log, dictionaries)
    }
}
