import EventLog
import Touchpoints

@testable import Projections

/// All that can be seen of a view, to be compared.
struct Picture: Equatable {
    /// The bytes of each customer's state.
    var states: [UInt32: [UInt8]] = [:]
    var setAside: Set<UInt32> = []
    var totals: [Cell: Int128] = [:]

    /// What a live view shows.
    init<P: Projector>(of fold: ViewFold<P>) throws {
        for number in fold.table.pages.indices {
            for (index, slot) in try fold.table.page(number).slots.enumerated() {
                take(slot, of: UInt32(number * PageTable<P.State>.pageSize + index))
            }
        }
        for (cell, total) in fold.cells.sorted() { totals[cell] = total }
    }

    /// What a view of one customer shows.
    init<P: Projector>(of view: OpenView<P>) throws {
        if let alone = view.alone { take(alone.slot, of: alone.customer.rawValue) }
    }

    private mutating func take(_ slot: Slot<some ViewState>, of customer: UInt32) {
        guard slot.isPresent else { return }
        states[customer] = Self.bytes(of: slot.state)
        if slot.isSetAside { setAside.insert(customer) }
    }

    /// What the slow fold gives for the log up to a position, cut at a time.
    ///
    /// It sorts the events itself, so that it also holds the log's histories against them.
    ///
    /// - Parameters:
    ///   - first: events before it count for nothing.
    ///   - supposed: a policy in the place of those that were activated at its position and behind.
    init<P: Projector>(
        folding _: P.Type, _ journal: Journal, from first: Position = Position(1), through end: Position,
        cut: Timestamp? = nil,
        under supposed: ActivePolicy? = nil
    ) throws {
        let log = journal.log
        let clock = min(try log.recordedTime(at: end), cut ?? .distantFuture)
        var policies = try journal.policies(through: end)
        if let supposed { policies = policies.filter { $0.position < supposed.position } + [supposed] }
        if P.order == .occurred { policies = policies.suffix(1) }
        // What was activated before the first event is in force there.
        policies = policies.filter { $0.position < first }.suffix(1) + policies.filter { $0.position >= first }
        if P.order == .recorded {
            var ledger = CanonicalLedger<P>(policies: policies, cut: cut)
            for number in 1...end.rawValue {
                let record = try log.event(at: Position(number))
                let decision = Decision(record)
                if case .void(let target)? = decision?.act, target < first { continue }
                if Position(number) < first, decision == nil { continue }
                try ledger.take(record, of: log)
            }
            let outcomes = ledger.outcomes(clock: clock)
            totals = outcomes.unowned
            for (customer, outcome) in outcomes.customers { take(outcome, of: customer.rawValue) }
            totals = totals.filter { $0.value != 0 }
            return
        }
        let identity = log.identity(at: end)
        let voided: [Position] = log.decisions(.start...end).compactMap {
            if case .void(let position) = $0.act { position } else { nil }
        }
        var keys: [CustomerNumber: [FoldKey]] = [:]
        var sink = Sink()
        for number in first.rawValue...end.rawValue {
            let event = try log.event(at: Position(number))
            guard event.isFolded, !voided.contains(event.position) else { continue }
            let key = event.foldKey
            if let cut, key.time > cut { continue }
            if event.strand.isNone {
                P(policies.last { $0.position < event.position } ?? policies[0]).unowned(event, &sink)
            } else {
                keys[identity.customer(of: event.strand), default: []].append(key)
            }
        }
        for contribution in sink.contributions { totals[contribution.cell, default: 0] += Int128(contribution.amount) }
        for (customer, keys) in keys {
            let fold = CanonicalFold<P>(policies: policies, customer: customer)
            let outcome = try fold.fold(
                keys.sorted(), clock: clock, recordedTime: { try log.recordedTime(at: $0) },
                read: { position, body in try body(log.event(at: position)) })
            take(outcome, of: customer.rawValue)
        }
        totals = totals.filter { $0.value != 0 }
    }

    private mutating func take<P: Projector>(_ outcome: CanonicalFold<P>.Outcome, of customer: UInt32) {
        states[customer] = outcome.state.map { Self.bytes(of: $0) }
        if outcome.failure != nil { setAside.insert(customer) }
        for (cell, total) in outcome.totals { totals[cell, default: 0] += total }
    }

    private static func bytes(of state: some ViewState) -> [UInt8] {
        var writer = ByteWriter()
        state.encode(into: &writer)
        return writer.bytes
    }
}
