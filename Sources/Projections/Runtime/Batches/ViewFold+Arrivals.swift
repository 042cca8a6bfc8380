import EventLog
import Touchpoints

/// The events of a batch, by customer.
extension ViewFold {
    /// What the customers of occurred order take of a range. Events of nobody are taken at once.
    func arrivals(in range: ClosedRange<Position>) throws -> Arrivals {
        let marker = marker?.isCautious == true ? marker : nil
        return try arrivals(in: range) { event, entries in
            if let cut, event.time > cut { return }
            if !voided.isEmpty, voided.contains(event.position) { return }
            guard !event.strand.isNone else { return takeUnowned(event) }
            // A late event is to blame for what its fold again meets.
            marker?.noteEvent(event.position)
            let customer = identity.customer(of: event.strand)
            entries.append(Arrivals.entry(customer, event.position, behind: range.lowerBound))
        }
    }

    /// - Parameter take: is handed each event that projectors fold, and appends what its customer takes.
    func arrivals(
        in range: ClosedRange<Position>, _ take: (borrowing EventView, inout [UInt64]) throws -> Void
    ) throws -> Arrivals {
        var entries: [UInt64] = []
        entries.reserveCapacity(Int(range.upperBound.rawValue - range.lowerBound.rawValue) + 1)
        let blocks = try log.openBlocks(range) { block in
            let first = max(block.first, range.lowerBound)
            let last = min(block.last, range.upperBound)
            for index in Int(first.rawValue - block.first.rawValue)...Int(last.rawValue - block.first.rawValue) {
                let event = block.event(index)
                if event.isFolded { try take(event, &entries) }
            }
        }
        return Arrivals(blocks, entries)
    }

    /// An event of no customer goes into the totals.
    func takeUnowned(_ event: borrowing EventView) {
        marker?.noteEvent(event.position)
        if traps.events.contains(event.position) { return }
        stepper.projector.unowned(event, &sink)
        cells.apply(&sink, .add)
    }
}
