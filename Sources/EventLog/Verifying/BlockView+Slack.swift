import Touchpoints

/// What in a block says nothing, so that no leaf of the tree of hashes holds it.
extension BlockView {
    /// What is not as the writer makes it there; nil for a block that is.
    var slack: String? {
        if bytes.integer(at: 6, as: UInt16.self) != 0 { return "the block has flags that are not known" }
        let firstNew = newStrandCount == 0 ? 0 : strandsBefore &+ 1
        if bytes.integer(at: BlockLayout.firstNewStrand) != firstNew {
            return "the block names another first strand than it brings"
        }
        if bytes.integer(at: BlockLayout.maxTime, as: Int64.self) < times.lowerBound.rawValue {
            return "the block's times are in no order"
        }
        var clearEnd = 0
        for index in 0..<count {
            let header = event(index).headerBytes
            if header.integer(at: EventHeader.Offset.decision + 2, as: UInt16.self) != 0 {
                return "the header of event \(first.rawValue + UInt64(index)) is not as it is written"
            }
            guard header.integer(at: EventHeader.Offset.clearOffset) == UInt32(clearEnd) else {
                return "the clear parts do not lie one behind the other"
            }
            clearEnd += event(index).clearBytes.byteCount
        }
        let clearCount = bytes.byteCount - BlockLayout.trailerByteCount - clearOffset
        return clearEnd == clearCount ? nil : "the block has bytes that belong to no event"
    }
}
