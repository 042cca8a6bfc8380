public import Touchpoints

/// The blocks of a range of positions, found and checked once, for those who read their events in any order.
///
/// Valid until the reader that gave it is refreshed or goes. Any number of threads may read.
public final class OpenBlocks: @unchecked Sendable {
    /// The first position of the range.
    public let first: Position
    @usableFromInline let starts: [UInt64]
    /// Where the headers and the clear parts of each block begin, and how long the latter are.
    @usableFromInline let headers: [UnsafeRawPointer]
    @usableFromInline let clears: [UnsafeRawBufferPointer]
    /// For every 256 positions from ``first`` on, the block that holds the first of them.
    @usableFromInline let guesses: [UInt32]

    /// O(blocks), and what checking them costs the first time; hands on each block on the way.
    init(_ reader: LogReader, _ range: ClosedRange<Position>, _ visit: (borrowing BlockView) throws -> Void) throws {
        let first = range.lowerBound
        self.first = first
        var starts: [UInt64] = []
        var headers: [UnsafeRawPointer] = []
        var clears: [UnsafeRawBufferPointer] = []
        var guesses: [UInt32] = []
        try reader.forEachBlock(range) { block in
            let end = block.last.rawValue
            while first.rawValue + UInt64(guesses.count) << 8 <= end { guesses.append(UInt32(starts.count)) }
            starts.append(block.first.rawValue)
            block.withParts {
                headers.append($0)
                clears.append($1)
            }
            try visit(block)
        }
        (self.starts, self.headers, self.clears, self.guesses) = (starts, headers, clears, guesses)
    }

    /// The event at a position of the range; any other traps. O(1) where blocks hold some hundred events.
    @_lifetime(borrow self)
    @inlinable public func event(at position: Position) -> EventView {
        precondition(position >= first)
        var block = Int(guesses[Int((position.rawValue - first.rawValue) >> 8)])
        while block + 1 < starts.count, starts[block + 1] <= position.rawValue { block += 1 }
        let header = headers[block] + Int(position.rawValue - starts[block]) * EventHeader.byteCount
        let offset = Int(header.loadUnaligned(fromByteOffset: EventHeader.Offset.clearOffset, as: UInt32.self))
        let length = Int(header.loadUnaligned(fromByteOffset: EventHeader.Offset.clearLength, as: UInt16.self))
        let clear = UnsafeRawBufferPointer(rebasing: clears[block][offset..<offset + length])
        let view = EventView(
            position: position,
            header: unsafe RawSpan(_unsafeStart: header, byteCount: EventHeader.byteCount),
            clear: unsafe RawSpan(_unsafeBytes: clear))
        return unsafe _overrideLifetime(view, borrowing: self)
    }
}

extension LogReader {
    /// Opens the blocks that hold positions of a range, cut at the head; see ``forEachBlock(_:_:)``.
    public func openBlocks(
        _ range: ClosedRange<Position>, _ visit: (borrowing BlockView) throws -> Void = { _ in }
    ) throws -> OpenBlocks { try OpenBlocks(self, range, visit) }
}
