import EventLog
public import Policies
public import Touchpoints

/// A view at one position, as the rows of its parts are made from it.
///
/// Everything answers at ``position``; nothing changes while a part is read. Customers that are set aside are not
/// among the customers.
public final class ViewReader<P: Projector> {
    let fold: ViewFold<P>
    let view: OpenView<P>
    private let inForce: PolicyInForce<P>

    init(_ view: OpenView<P>) {
        self.view = view
        fold = view.fold
        inForce = view.fold.schedule.inForce(at: view.fold.checkpoint)
    }

    /// The position that the answers stand at.
    public var position: Position { fold.checkpoint }
    /// The greatest recorded time at that position (with `--as-of`, that time).
    public var clock: Timestamp { fold.clock }
    /// The policy that the answers are given under.
    public var active: ActivePolicy { inForce.active }
    public var policy: Policy { _read { yield inForce.active.policy } }
    public var zone: ZoneTable { inForce.active.zone }
    /// The projector under that policy.
    public var projector: P { _read { yield inForce.projector } }
}

/// Customers and their states.
extension ViewReader {
    /// Calls `body` for each customer in the order of their numbers. O(customers).
    public func forEachCustomer(_ body: (CustomerNumber, P.State) throws -> Void) throws {
        if let customer = view.alone?.customer {
            if let state = try state(of: customer) { try body(customer, state) }
            return
        }
        for number in fold.table.pages.indices {
            try fold.table.look(at: number) { slots in
                for index in slots.indices where slots[index].isPresent && !slots[index].isSetAside {
                    let customer = CustomerNumber(rawValue: UInt32(number * PageTable<P.State>.pageSize + index))
                    try body(customer, slots[index].state)
                }
            }
        }
    }

    /// The state of one customer; nil when the view does not know it, or it is set aside. Reads one page.
    public func state(of customer: CustomerNumber) throws -> P.State? {
        if let known = view.alone?.customer { return customer == known ? view.aloneState : nil }
        guard Int(customer.rawValue) / PageTable<P.State>.pageSize < fold.table.pages.count else { return nil }
        let (page, index) = try fold.table.page(of: customer)
        let slot = page.slots[index]
        return slot.isPresent && !slot.isSetAside ? slot.state : nil
    }

    /// Calls `body` for the one customer of the query, or for all where it names none.
    public func forEachCustomer(of query: Query, _ body: (CustomerNumber, P.State) throws -> Void) throws {
        guard let customer = query.customer else { return try forEachCustomer(body) }
        if let state = try state(of: customer) { try body(customer, state) }
    }

    /// The customer's alias, always as `kind:value`: what ties are decided by. Of several that of the highest kind.
    public func alias(of customer: CustomerNumber) throws -> String {
        try bestAlias(of: customer, by: policy.identity)?.description ?? "(erased)"
    }

    /// The customer's name for people and reports: its alias, without the kind where the policy says so.
    public func name(of customer: CustomerNumber) throws -> String {
        if let naming = view.naming { return try name(of: customer, by: naming) }
        return try name(of: customer, by: policy.identity)
    }

    private func name(of customer: CustomerNumber, by naming: IdentityPolicy) throws -> String {
        guard let alias = try bestAlias(of: customer, by: naming) else { return "(erased)" }
        return naming.hiddenKinds.contains(alias.kind) ? alias.value : alias.description
    }

    private func bestAlias(of customer: CustomerNumber, by ranks: IdentityPolicy) throws -> Alias? {
        try fold.log.alias(of: customer, in: fold.identity, ranks: ranks)
    }
}

/// Strands and records.
extension ViewReader {
    /// The alias of a strand as `kind:value`; nil without a strand, and where it was erased. O(log² blocks).
    public func alias(of strand: StrandNumber) throws -> String? {
        strand.isNone ? nil : try fold.log.alias(of: strand)?.description
    }

    /// The events that are taken out of the folds, each with the position of the record that says so. O(decisions).
    public var voidings: [Position: Position] { fold.log.voids(at: position) }
}

/// Totals.
extension ViewReader {
    /// The totals of a table that are not zero, in the order of their keys. O(cells log cells).
    ///
    /// A sum over all customers can exceed 64 bits, where `Int64(total)` traps; a `.decimal` column of scale 0 holds all.
    public func cells(in table: UInt8) -> [(cell: Cell, total: Int128)] { fold.cells.sorted(table: table) }

    /// One total, 0 where nothing was added.
    public func total(_ cell: Cell) -> Int128 { fold.cells.total(of: cell) }

    /// The text of a total that was added to by a label.
    public func label(of cell: Cell) -> [UInt8] { fold.cells.labels[cell] ?? [] }
}

/// Names of numbers.
extension ViewReader {
    public func name(of type: EventType) -> String { fold.log.dictionaries.name(of: type) }
    public func name(of channel: ChannelNumber) -> String { fold.log.dictionaries.name(of: channel) }
    public func name(of source: SourceNumber) -> String { fold.log.dictionaries.name(of: source) }
    /// The type of that name, nil if the log has never seen it.
    ///
    /// O(1); of a name of one's own, for an answer as it was known at a position, O(events up to there).
    public func type(named name: String) throws -> EventType? {
        guard let type = fold.log.dictionaries.type(named: name) else { return nil }
        return try type.builtInName != nil || fold.log.holds(type, through: position) ? type : nil
    }
}

/// Events, for parts that are made on query.
extension ViewReader {
    /// Calls `body` for a customer's folded events in the view's order. O(events of the customer).
    public func forEachEvent(
        of customer: CustomerNumber, _ body: (borrowing EventView) throws -> Void
    ) throws {
        try forEachRecord(of: try fold.history(of: customer, through: fold.checkpoint)) {
            if $0.isFolded { try body($0) }
        }
    }

    /// Calls `body` for everything that the log holds of a customer, in occurred order: also records that no fold
    /// sees, such as `customer.identified`, and events that were voided. O(events of the customer).
    ///
    /// With `--as-of`, what happened up to that time.
    public func forEachRecord(
        of customer: CustomerNumber, _ body: (borrowing EventView) throws -> Void
    ) throws {
        let strands = fold.identity.strands(of: customer)
        let bounds = History.Bounds(
            first: fold.first, folded: .start, end: fold.checkpoint, cut: nil, voided: [], newlyVoided: [])
        try forEachRecord(of: History(of: fold.log, old: [], new: strands, bounds)) { event in
            if let cut = fold.cut, (P.order == .occurred ? event.time : event.recorded) > cut { return }
            try body(event)
        }
    }

    private func forEachRecord(
        of history: consuming History, _ body: (borrowing EventView) throws -> Void
    ) throws {
        let log = fold.log
        var history = history
        while let entry = try history.peek() {
            history.skip()
            history.mark()
            try body(log.event(at: entry.key.position))
        }
    }

    /// Folds a customer's events once more and calls `body` after each step: what a history or a ledger shows.
    ///
    /// Ends with the wake-ups due by the clock. Steps that fail are skipped, as in the view. O(events of the customer).
    public func forEachStep(of customer: CustomerNumber, _ body: (Step<P.State>) throws -> Void) throws {
        try StepTrace(fold, customer).run { moment, isOwn, _ in
            if isOwn, case .step(let step) = moment { try body(step) }
        }
    }
}

/// One step of a fold as a trace shows it.
public struct Step<State: ViewState> {
    /// The event that was folded; nil for a wake-up.
    public let event: Position?
    /// When the step happened: the event's t (in recorded order its recorded time), or the due time of the wake-up.
    public let time: Timestamp
    public let after: State
    /// The rules by which the step acted, in order.
    public let rules: [Rule]
    /// What the projector told of the step; see ``Sink/detail(_:)``.
    public let details: [any Sendable]
    /// The position of the policy in force for the step.
    public let policy: Position
}
