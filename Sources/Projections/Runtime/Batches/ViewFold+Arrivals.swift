import EventLog
import Touchpoints

/// The events of a batch, by customer.
extension ViewFold {
    /// Ranges of customers, one behind the other, whose events of a batch fit into memory together; mostly one of all.
    func passes(over range: ClosedRange<Position>) -> [ClosedRange<UInt32>] {
        let events = Int(range.upperBound.rawValue - range.lowerBound.rawValue) + 1
        let count = events / tuning.passEvents + 1
        guard spill != nil, count > 1 else { return [.min...(.max)] }
        let size = UInt32((log.strandCount / count / Paging.size + 1) * Paging.size)
        return stride(from: 0, through: UInt32(log.strandCount), by: Int(size)).map { $0...$0 + (size - 1) }
    }

    /// What there is to take of a range in occurred order.
    func gather(_ range: ClosedRange<Position>, of customers: ClosedRange<UInt32>) throws -> Gathering {
        let isShared = cut == nil && !knowsIdentity
        let marker = marker?.isCautious == true ? marker : nil
        return try gather(
            range, of: customers, isShared: isShared && marker == nil, laneCount: marker == nil ? tuning.laneCount : 1
        ) { event in
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

    /// - Parameters:
    ///   - isShared: other views in this order gather the same.
    ///   - taker: is asked by so many lanes at once.
    func gather(
        _ range: ClosedRange<Position>, of customers: ClosedRange<UInt32>, isShared: Bool, laneCount: Int,
        _ taker: (borrowing EventView) throws -> Gathering.Taker
    ) throws -> Gathering {
        func make() throws -> Gathering {
            try Gathering(range, of: log, laneCount: laneCount, chunkEvents: tuning.chunkEvents, taker)
        }
        guard isShared, let gatherings else { return try make() }
        let order = log.decisions(.start...range.upperBound).isEmpty ? nil : P.order
        return try gatherings.gathering(.init(order: order, range: range, customers: customers), make)
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
