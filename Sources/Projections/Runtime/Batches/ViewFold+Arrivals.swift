import EventLog
import Touchpoints

/// The events of a batch, by customer.
extension ViewFold {
    /// What there is to take of a range in occurred order.
    func gather(_ range: ClosedRange<Position>) throws -> Gathering {
        let isShared = cut == nil && !knowsIdentity
        let marker = marker?.isCautious == true ? marker : nil
        return try gather(range, isShared: isShared && marker == nil) { event in
            if let cut, event.time > cut { return .nobody }
            if !voided.isEmpty, voided.contains(event.position) { return .nobody }
            guard !event.strand.isNone else { return .totals }
            // A late event is to blame for what its fold again meets.
            marker?.noteEvent(event.position)
            return .customer(identity.customer(of: event.strand))
        }
    }

    /// - Parameter isShared: other views in this order gather the same.
    func gather(
        _ range: ClosedRange<Position>, isShared: Bool, _ taker: (borrowing EventView) throws -> Gathering.Taker
    ) throws -> Gathering {
        guard isShared, let gatherings else { return try Gathering(range, of: log, taker) }
        let order = log.decisions(.start...range.upperBound).isEmpty ? nil : P.order
        return try gatherings.gathering(.init(order: order, range: range)) { try Gathering(range, of: log, taker) }
    }

    /// Events of no customer go into the totals.
    func takeUnowned(_ gathering: Gathering) {
        let blocks = gathering.arrivals.blocks
        for position in gathering.unowned {
            marker?.noteEvent(position)
            if traps.events.contains(position) { continue }
            stepper.projector.unowned(blocks.event(at: position), &sink)
            cells.apply(&sink, .add)
        }
    }
}
