import EventLog
import Touchpoints

/// What is wrong with a view, found by folding every customer the slow way.
public struct Discrepancy: Sendable, CustomStringConvertible {
    public let view: String
    public let description: String
}

extension ViewAnswers {
    /// Holds a view against the canonical fold of every customer; empty when they are equal. O(events log events).
    ///
    /// - Parameter progress: customers done, and of how many.
    public func check(view name: String, progress: (Int, Int) -> Void = { _, _ in }) throws -> [Discrepancy] {
        func check<P: Projector>(_ projector: P.Type) throws -> [Discrepancy] {
            let view = try openLive(projector)
            return try DeepCheck(view: view, log: log, history: history).run(progress)
        }
        return try check(catalogue.projector(named: name))
    }
}

/// The comparison of one view with the canonical fold.
private struct DeepCheck<P: Projector> {
    let view: Generation<P>
    let log: LogReader
    let history: PolicyHistory
    /// Who is one customer, and what no longer counts: read anew from the log, not from the view.
    let identity: Identity
    let voided: Set<Position>

    init(view: Generation<P>, log: LogReader, history: PolicyHistory) {
        (self.view, self.log, self.history) = (view, log, history)
        identity = log.identity(at: view.fold.checkpoint)
        voided = Set(log.voids(at: view.fold.checkpoint).keys)
    }

    func run(_ progress: (Int, Int) -> Void) throws -> [Discrepancy] {
        var found: [Discrepancy] = []
        let ledgers = P.order == .recorded ? try ledgers() : nil
        var totals = try ledgers?.unowned ?? unownedTotals()
        for number in 1..<log.strandCount + 1 {
            let customer = CustomerNumber(rawValue: UInt32(number))
            let outcome = try ledgers.map { $0.customers[customer] ?? .init() } ?? fold(customer)
            for (cell, total) in outcome.totals { totals[cell, default: 0] += total }
            if let text = try difference(outcome, customer) {
                found.append(Discrepancy(view: P.name, description: text))
            }
            progress(number, log.strandCount)
        }
        let stored = Dictionary(uniqueKeysWithValues: view.fold.cells.sorted().map { ($0.cell, $0.total) })
        for cell in Set(stored.keys).union(totals.keys).sorted()
        where stored[cell, default: 0] != totals[cell, default: 0] {
            found.append(
                Discrepancy(
                    view: P.name,
                    description: "total \(cell.table)/\(cell.a)/\(cell.b) is \(stored[cell, default: 0]), "
                        + "the fold gives \(totals[cell, default: 0])"))
        }
        return found
    }

    /// One customer of a view in occurred order: the folded events of all its strands that are not voided; of a number that
    /// is no customer's, none.
    private func fold(_ customer: CustomerNumber) throws -> CanonicalFold<P>.Outcome {
        var keys: [FoldKey] = []
        for strand in identity.strands(of: customer) {
            for key in try log.history(of: strand, through: view.fold.checkpoint)
            where try !voided.contains(key.position) && log.event(at: key.position).isFolded {
                keys.append(key)
            }
        }
        let policy = view.fold.schedule.active(at: view.fold.checkpoint)
        let fold = CanonicalFold<P>(policies: [policy], traps: view.fold.traps, customer: customer)
        return try fold.fold(keys.sorted(), clock: view.fold.clock) { position, body in
            try body(log.event(at: position))
        }
    }

    /// All customers of a view in recorded order.
    private func ledgers() throws -> (
        customers: [CustomerNumber: CanonicalFold<P>.Outcome], unowned: [Cell: Int128]
    ) {
        // Steps fail seldom; of whom they do, the log is taken once more.
        var ledger = try ledger(careful: [])
        if !ledger.lost.isEmpty { ledger = try self.ledger(careful: ledger.lost) }
        return ledger.outcomes(clock: view.fold.clock)
    }

    private func ledger(careful: Set<StrandNumber>) throws -> CanonicalLedger<P> {
        var ledger = CanonicalLedger<P>(
            policies: history.policies, traps: view.fold.traps, cut: nil, careful: careful)
        if view.fold.checkpoint > .start {
            try log.forEachBlock(Position(1)...view.fold.checkpoint) { block in
                for index in 0..<block.count where block.event(index).position <= view.fold.checkpoint {
                    try ledger.take(block.event(index), of: log)
                }
            }
        }
        ledger.wakeAll(by: view.fold.clock)
        return ledger
    }

    private func difference(_ outcome: CanonicalFold<P>.Outcome, _ customer: CustomerNumber) throws -> String? {
        let (page, index) = try view.fold.table.page(of: customer)
        let slot = page.slots[index]
        let name = try log.alias(of: StrandNumber(rawValue: customer.rawValue))?.description ?? "\(customer.rawValue)"
        if (outcome.failure != nil) != slot.isSetAside {
            return
                "\(name) is \(slot.isSetAside ? "" : "not ")set aside, the fold says: \(outcome.failure ?? "nothing fails")"
        }
        guard let state = outcome.state else {
            return slot.isPresent ? "\(name) is in the view, but has no folded event" : nil
        }
        return slot.state == state ? nil : "\(name) has the state \(slot.state), the fold gives \(state)"
    }

    /// What events without a subject add; those need no customer.
    private func unownedTotals() throws -> [Cell: Int128] {
        var sink = Sink()
        var totals: [Cell: Int128] = [:]
        guard view.fold.checkpoint > .start else { return totals }
        try log.forEachBlock(Position(1)...view.fold.checkpoint) { block in
            for index in 0..<block.count {
                let event = block.event(index)
                guard event.position <= view.fold.checkpoint, event.strand.isNone, event.isFolded,
                    !view.fold.traps.events.contains(event.position), !voided.contains(event.position)
                else { continue }
                view.fold.schedule.projector(at: event.position).unowned(event, &sink)
                for contribution in sink.contributions {
                    totals[contribution.cell, default: 0] += Int128(contribution.amount)
                }
                sink.discard()
            }
        }
        return totals
    }
}
