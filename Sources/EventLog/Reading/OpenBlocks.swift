public import Touchpoints

/// The blocks of a range of positions, found and checked once, for those who read their events in any order.
///
/// Valid until the reader that gave it is refreshed or goes. Any number of threads may read.
public final class OpenBlocks: @unchecked Sendable {
    /// The first position of the range.
    public let first: Position
    @usableFromInline let blocks: [Parts]
    /// For every so many positions from ``first`` on, the block that holds the first of them.
    @usableFromInline let guesses: [UInt32]
    @usableFromInline static var guessSpacing: UInt64 { 64 }

    /// Where the parts of a block lie in memory.
    @usableFromInline struct Parts {
        /// The position of its first event.
        @usableFromInline let first: UInt64
        @usableFromInline let headers: UnsafeRawPointer
        @usableFromInline let clears: UnsafeRawBufferPointer
    }

    /// Where an event lies in memory, for as long as the blocks are open.
    public struct Spot: BitwiseCopyable, @unchecked Sendable {
        @usableFromInline let position: Position
        @usableFromInline let header: UnsafeRawPointer
        /// Its clear part; before ``complete()`` those of all its block.
        @usableFromInline var clear: UnsafeRawBufferPointer

        @inlinable init(position: Position, header: UnsafeRawPointer, clear: UnsafeRawBufferPointer) {
            (self.position, self.header, self.clear) = (position, header, clear)
        }

        @inline(__always) @inlinable mutating func complete() {
            let offset = Int(header.loadUnaligned(fromByteOffset: EventHeader.Offset.clearOffset, as: UInt32.self))
            let length = Int(header.loadUnaligned(fromByteOffset: EventHeader.Offset.clearLength, as: UInt16.self))
            clear = UnsafeRawBufferPointer(rebasing: clear[offset..<offset + length])
        }
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

    /// Where events of the range lie; any other position traps. O(1) each where blocks hold some hundred events.
    ///
    /// Events in no order come from all over the memory: asked for together, the processor waits for many at once.
    public func locate(_ positions: [Position], _ spots: inout [Spot]) {
        spots.removeAll(keepingCapacity: true)
        spots.reserveCapacity(positions.count)
        for position in positions { spots.append(firstSpot(of: position)) }
        var spots = spots.mutableSpan
        for index in spots.indices { spots[index].complete() }
    }

    /// Reads nothing of the event.
    @inline(__always) @inlinable func firstSpot(of position: Position) -> Spot {
        precondition(position >= first)
        var number = Int(guesses[Int((position.rawValue - first.rawValue) / Self.guessSpacing)])
        while number + 1 < blocks.count, blocks[number + 1].first <= position.rawValue { number += 1 }
        let header = blocks[number].headers + Int(position.rawValue - blocks[number].first) * EventHeader.byteCount
        return Spot(position: position, header: header, clear: blocks[number].clears)
    }

    /// The event that lies there.
    @_lifetime(borrow self)
    @inline(__always) @inlinable public func event(at spot: Spot) -> EventView {
        let view = EventView(
            position: spot.position,
            header: unsafe RawSpan(_unsafeStart: spot.header, byteCount: EventHeader.byteCount),
            clear: unsafe RawSpan(_unsafeBytes: spot.clear))
        return unsafe _overrideLifetime(view, borrowing: self)
    }

    /// The event at a position of the range; any other traps. O(1) where blocks hold some hundred events.
    @_lifetime(borrow self)
    @inlinable public func event(at position: Position) -> EventView {
        var spot = firstSpot(of: position)
        spot.complete()
        return event(at: spot)
    }
}

extension LogReader {
    /// Opens the blocks that hold positions of a range, cut at the head; see ``forEachBlock(_:_:)``.
    public func openBlocks(
        _ range: ClosedRange<Position>, _ visit: (borrowing BlockView) throws -> Void = { _ in }
    ) throws -> OpenBlocks { try OpenBlocks(self, range, visit) }
}
