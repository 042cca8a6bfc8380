import Touchpoints

/// What in a block says nothing, so that no leaf of the tree of hashes holds it.
extension BlockView {
    /// What is not as the writer makes it there, and where; nil for a block that is.
    var slack: (position: Position, what: String)? {
        if bytes.integer(at: 6, as: UInt16.self) != 0 { return (first, "the block has flags that are not known") }
        let firstNew = newStrandCount == 0 ? 0 : strandsBefore &+ 1
        if bytes.integer(at: BlockLayout.firstNewStrand) != firstNew {
            return (first, "the block names another first strand than it brings")
        }
        if bytes.integer(at: BlockLayout.maxTime, as: Int64.self) < times.lowerBound.rawValue {
            return (first, "the block's times are in no order")
        }
        var clearEnd = 0
        var lastStrand = strandsBefore
        for index in 0..<count {
            let event = self.event(index)
            let header = event.headerBytes
            if header.integer(at: EventHeader.Offset.decision + 2, as: UInt16.self) != 0 {
                return (event.position, "the event's header has bytes that say nothing")
            }
            guard header.integer(at: EventHeader.Offset.clearOffset) == UInt32(clearEnd) else {
                return (event.position, "the clear parts do not lie one behind the other")
            }
            clearEnd += event.clearBytes.byteCount
            lastStrand = max(lastStrand, event.strand.rawValue, event.otherStrand.rawValue)
        }
        guard lastStrand == strandsAfter else { return (last, "the block brings strands that no event names") }
        let clearCount = bytes.byteCount - BlockLayout.trailerByteCount - clearOffset
        return clearEnd == clearCount ? nil : (first, "the block has bytes that belong to no event")
    }
}
