import Touchpoints

/// Which event of a block has brought which of its new strands: their numbers follow the events that name them first.
struct NewStrands: ~Copyable {
    private let before: UInt32
    private let count: Int
    private var next = 0

    init(_ block: borrowing BlockView) { (before, count) = (block.strandsBefore, block.newStrandCount) }

    /// The indices of the strands that the next event has brought.
    ///
    /// - Parameter isLast: then also those that no event names, which the writer never makes.
    mutating func take(_ event: borrowing EventView, isLast: Bool) -> Range<Int> {
        let named = max(event.strand.rawValue, event.otherStrand.rawValue)
        let end = isLast ? count : min(count, max(next, Int(named) - Int(before)))
        defer { next = end }
        return next..<end
    }
}

/// The fields of a header as they are stored, whatever they mean there.
extension EventView {
    var decisionNumber: UInt16 { headerBytes.integer(at: EventHeader.Offset.decision) }
    var rawAmount: Int64 { headerBytes.integer(at: EventHeader.Offset.amount) }
    var rawCurrency: UInt32 { headerBytes.integer(at: EventHeader.Offset.currency) }
}
