import EventLog
import Touchpoints

/// The events of a batch, by customer.
extension ViewFold {
    /// Hands on ranges of customers, one behind the other, whose events of a batch fit into memory; mostly one of all. What
    /// is done for them is then written where the files may run ahead.
    func forEachPass(of range: ClosedRange<Position>, _ body: (ClosedRange<UInt32>) throws -> Void) throws {
        let events = Int(range.upperBound.rawValue - range.lowerBound.rawValue) + 1
        let count = max(events / tuning.passEvents, min(events, log.strandCount) / tuning.passCustomers) + 1
        guard let spill, count > 1 else { return try body(.min...(.max)) }
        let size =
            UInt32(log.strandCount / count / PageTable<P.State>.pageSize + 1) * UInt32(PageTable<P.State>.pageSize)
        for start in stride(from: 0, through: UInt32(log.strandCount), by: Int(size)) {
            try body(start...start + (size - 1))
            try spill()
        }
    }

    /// What there is to take of a range in occurred order.
    func gather(_ range: ClosedRange<Position>, of customers: ClosedRange<UInt32>) throws -> Gathering {
        let isShared = cut == nil && !knowsIdentity
        let marker = marker?.isCautious == true ? marker : nil
        return try gather(range, of: customers, isShared: isShared && marker == nil) { event in
            if let cut, event.time > cut { return .nobody }
            if !voided.isEmpty, voided.contains(event.position) { return .nobody }
            let customer = identity.customer(of: event.strand)
            guard customers.contains(customer.rawValue) else { return .nobody }
            guard !event.strand.isNone else { return .totals }
            // A late event is to blame for what its fold again meets.
            marker?.noteEvent(event.position)
            return .customer(customer)
        }
    }

    /// - Parameter isShared: other views in this order gather the same.
    func gather(
        _ range: ClosedRange<Position>, of customers: ClosedRange<UInt32>, isShared: Bool,
        _ taker: (borrowing EventView) throws -> Gathering.Taker
    ) throws -> Gathering {
        guard isShared, let gatherings else { return try Gathering(range, of: log, taker) }
        let order = log.decisions(.start...range.upperBound).isEmpty ? nil : P.order
        return try gatherings.gathering(.init(order: order, range: range, customers: customers)) {
            try Gathering(range, of: log, taker)
        }
    }

    /// Events of no customer go into the totals.
    func takeUnowned(_ gathering: Gathering) {
        let blocks = gathering.arrivals.blocks
        for position in gathering.unowned {
            marker?.noteEvent(position)
            moveUnowned(blocks.event(at: position), by: stepper.projector, .add)
        }
    }

    /// What an event of no customer emits goes into the totals or out of them, unless it ends the process.
    func moveUnowned(_ event: borrowing EventView, by projector: P, _ sign: Sign) {
        if traps.events.contains(event.position) { return }
        projector.unowned(event, &sink)
        cells.apply(&sink, sign)
    }
}
