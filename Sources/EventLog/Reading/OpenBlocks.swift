public import Touchpoints

/// The blocks of a range of positions, found and checked once, for those who read their events in any order.
///
/// Valid until the reader that gave it is refreshed or goes. Any number of threads may read.
public final class OpenBlocks: @unchecked Sendable {
    /// The first position of the range.
    public let first: Position
    private let blocks: [Parts]
    /// For every so many positions from ``first`` on, the block that holds the first of them.
    private let guesses: [UInt32]
    private static var guessSpacing: UInt64 { 64 }

    /// Where the parts of a block lie in memory.
    private struct Parts {
        /// The position of its first event.
        let first: UInt64
        let headers: UnsafeRawPointer
        let clears: UnsafeRawPointer
    }

    /// O(blocks), and what checking them costs the first time; hands on each block on the way.
    init(_ reader: LogReader, _ range: ClosedRange<Position>, _ visit: (borrowing BlockView) throws -> Void) throws {
        let first = range.lowerBound
        self.first = first
        var blocks: [Parts] = []
        var guesses: [UInt32] = []
        try reader.forEachBlock(range) { block in
            let end = block.last.rawValue
            while first.rawValue + UInt64(guesses.count) * Self.guessSpacing <= end {
                guesses.append(UInt32(blocks.count))
            }
            block.withParts { blocks.append(Parts(first: block.first.rawValue, headers: $0, clears: $1)) }
            try visit(block)
        }
        (self.blocks, self.guesses) = (blocks, guesses)
    }

    /// Where the header of an event lies, and the clear parts of its block. Reads nothing of the event. O(1) where blocks
    /// hold some hundred events; a position outside of the range traps.
    @inline(__always)
    func source(of position: Position) -> (header: UnsafeRawPointer, clears: UnsafeRawPointer) {
        precondition(position >= first)
        var number = Int(guesses[Int((position.rawValue - first.rawValue) / Self.guessSpacing)])
        while number + 1 < blocks.count, blocks[number + 1].first <= position.rawValue { number += 1 }
        let header = blocks[number].headers + Int(position.rawValue - blocks[number].first) * EventHeader.byteCount
        return (header, blocks[number].clears)
    }

    /// The event at a position of the range; any other traps. O(1) where blocks hold some hundred events.
    @_lifetime(borrow self)
    public func event(at position: Position) -> EventView {
        let (header, clears) = source(of: position)
        let offset = header.loadUnaligned(fromByteOffset: EventHeader.Offset.clearOffset, as: UInt32.self)
        let length = header.loadUnaligned(fromByteOffset: EventHeader.Offset.clearLength, as: UInt16.self)
        let view = EventView(
            position: position, header: unsafe RawSpan(_unsafeStart: header, byteCount: EventHeader.byteCount),
            clear: unsafe RawSpan(_unsafeStart: clears + Int(offset), byteCount: Int(length)))
        return unsafe _overrideLifetime(view, borrowing: self)
    }
}

extension LogReader {
    /// Opens the blocks that hold positions of a range, cut at the head; see ``forEachBlock(_:_:)``.
    public func openBlocks(
        _ range: ClosedRange<Position>, _ visit: (borrowing BlockView) throws -> Void = { _ in }
    ) throws -> OpenBlocks { try OpenBlocks(self, range, visit) }
}
