import Policies
@testable import Projections
@testable import Simulation
@testable import Touchpoints
@testable import Views

/// One customer's ledger, booked event by event, with everything that was booked and a check after each step.
struct LedgerRun {
    private(set) var pool = Pool()
    private(set) var bookings: [Booking] = []
    /// The names of the rules of the last step.
    private(set) var rules: [String] = []
    private var projector: Loyalty
    private var position: UInt64 = 0
    private var events: [SketchedEvent] = []

    init(_ active: ActivePolicy = .default) { projector = Loyalty(active) }

    var figures: Figures {
        get throws { try Figures(of: pool) }
    }

    /// Activates another policy for the events that follow.
    mutating func activate(_ active: ActivePolicy) { projector = Loyalty(active) }

    /// Fires what is due by the event's recorded time, then folds the event.
    mutating func take(_ event: SketchedEvent) throws {
        try wait(until: event.recorded ?? event.occurred)
        position += 1
        events.append(event)
        let header = event.header
        let view = EventView(position: Position(position), header: header.span.bytes, clear: event.clear.span.bytes)
        var sink = Sink(explains: true)
        var folded = pool
        try projector.fold(&folded, view, &sink)
        rules = sink.rules.map { "\($0.name)" }
        var journal = Journal(keepingBookings: true)
        try projector.post(view, to: &pool, &journal)
        try check(journal, from: folded, at: event.recorded ?? event.occurred)
    }

    /// Lets strands leave, of which nothing is known from there on.
    mutating func part(_ strands: [StrandNumber]) {
        bookings.removeAll { strands.contains($0.strand) }
        _ = pool.part(strands)
    }

    mutating func take(_ events: [SketchedEvent]) throws { for event in events { try take(event) } }

    /// Voids the event at a position with one of the next position, recorded at `time`.
    mutating func void(_ target: UInt64, at time: String) throws {
        let recorded = try Timestamp(rfc3339: time)
        try wait(until: recorded)
        position += 1
        let void = SketchedEvent(type: .eventVoided, occurred: recorded).header
        let header = events[Int(target) - 1].header
        var folded = pool
        var sink = Sink(explains: true)
        let clear: [UInt8] = []
        let record = EventView(position: Position(position), header: void.span.bytes, clear: clear.span.bytes)
        let event = EventView(position: Position(target), header: header.span.bytes, clear: clear.span.bytes)
        events.append(SketchedEvent(type: .eventVoided, occurred: recorded))
        try projector.reverse(&folded, event, voidedBy: record, &sink)
        rules = sink.rules.map { "\($0.name)" }
        var journal = Journal(keepingBookings: true)
        try projector.takeBack(event, voidedBy: record, in: &pool, &journal)
        try check(journal, from: folded, at: recorded)
    }

    /// Fires the wake-ups due by a time.
    mutating func wait(until time: Timestamp) throws {
        while let due = projector.nextWake(pool), due <= time {
            var sink = Sink(explains: true)
            var folded = pool
            try projector.wake(&folded, due: due, &sink)
            rules = sink.rules.map { "\($0.name)" }
            var journal = Journal(keepingBookings: true)
            try pool.advance(to: due, &journal)
            try check(journal, from: folded, at: due)
        }
    }

    /// What must hold after every step, whatever happened in it.
    private mutating func check(_ journal: Journal, from folded: Pool, at time: Timestamp) throws {
        bookings += journal.bookings
        let figures = try figures
        guard folded == pool else { throw Wrong("keeping bookings changes the ledger") }
        guard figures.foots else { throw Wrong("the pool does not foot: \(figures)") }
        for strand in Set(pool.accounts.map(\.strand)) where try !Figures(of: pool.part(of: strand)).footsAlone {
            throw Wrong("strand \(strand.rawValue) does not foot")
        }
        guard pool.isOrdered else { throw Wrong("the lists are out of order") }
        guard try pool.settled() == pool else { throw Wrong("the pool is not settled") }
        if let due = projector.nextWake(pool), due <= time { throw Wrong("the wake-up is not later than the step") }
        let shown = bookings.reduce(into: (0, 0, 0)) { sum, booking in
            sum = (sum.0 + booking.balance, sum.1 + booking.pending, sum.2 + booking.owed)
        }
        for strand in pool.accounts.map(\.strand) {
            let own = bookings.filter { $0.strand == strand }
            let part = try Figures(of: pool.part(of: strand))
            guard own.reduce(0, { $0 + $1.balance }) == part.balance, own.reduce(0, { $0 + $1.owed }) == part.owed,
                own.reduce(0, { $0 + $1.pending }) == part.pending
            else { throw Wrong("the bookings of strand \(strand.rawValue) do not sum to its part") }
        }
        guard shown == (figures.balance, figures.pending, figures.owed) else {
            throw Wrong("the bookings sum to \(shown), the pool is \(figures)")
        }
        var writer = ByteWriter()
        pool.encode(into: &writer)
        var reader = ByteReader(writer.bytes.span.bytes)
        guard try Pool(from: &reader) == pool, reader.remaining == 0 else {
            throw Wrong("the encoding loses something")
        }
    }

    struct Wrong: Error, CustomStringConvertible {
        var description: String
        init(_ description: String) { self.description = description }
    }
}

extension Pool {
    /// The accounts of one strand, as a split would leave them.
    func part(of strand: StrandNumber) -> Pool {
        var rest = self
        return rest.part([strand])
    }
}

extension Figures {
    /// The identity of one strand, where what moved need not be nothing.
    var footsAlone: Bool {
        earned - redeemed - expired - reversed + adjusted + moved == balance + pending - owed
    }
}

extension ActivePolicy {
    /// The default policy with something about loyalty changed.
    static func loyalty(in zone: ZoneTable = .utc, _ change: (inout LoyaltyPolicy) -> Void) -> ActivePolicy {
        var active = ActivePolicy.default
        active.zone = zone
        change(&active.policy.loyalty)
        return active
    }
}

extension SketchedEvent {
    func on(_ strand: UInt32) -> SketchedEvent {
        var event = self
        event.strand = StrandNumber(rawValue: strand)
        return event
    }

    /// Clear data, as JSON.
    func with(_ json: String) -> SketchedEvent {
        var event = self
        ClearPart.endAttributes(of: &event.clear)
        event.clear += json.utf8
        return event
    }
}

extension ZoneTable {
    /// Berlin in 2024: an hour less on 31 March.
    static let berlin = ZoneTable(
        name: "Europe/Berlin", initialOffset: 3_600,
        transitions: [(1_711_846_800, 7_200), (1_729_990_800, 3_600)])
    /// Cairo in 2024: 26 April begins at one o'clock.
    static let cairo = ZoneTable(
        name: "Africa/Cairo", initialOffset: 7_200, transitions: [(1_714_082_400, 10_800), (1_730_408_400, 7_200)])
}
