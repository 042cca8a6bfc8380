import LMDB
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

    /// Blocks that one lane takes at a time.
    fileprivate struct Stretch {
        var events = 0
        var blocks: [(place: ValuePlace, isChecked: Bool)] = []

        mutating func append(_ block: borrowing BlockView, isChecked: Bool) {
            events += block.count
            blocks.append((ValuePlace(of: block.bytes), isChecked))
        }
    }

    /// Finds the blocks, and checks nothing of them. O(blocks).
    ///
    /// - Parameter stretchEvents: a stretch holds so many events or more, except for the last.
    fileprivate init(
        _ reader: LogReader, _ range: ClosedRange<Position>, stretchEvents: Int, stretches: inout [Stretch]
    ) throws {
        let first = range.lowerBound
        self.first = first
        var blocks: [Parts] = []
        var guesses: [UInt32] = []
        try reader.forEachStoredBlock(range) { block in
            let end = block.last.rawValue
            while first.rawValue + UInt64(guesses.count) * Self.guessSpacing <= end {
                guesses.append(UInt32(blocks.count))
            }
            block.withParts { blocks.append(Parts(first: block.first.rawValue, headers: $0, clears: $1)) }
            if stretches.last.map({ $0.events >= stretchEvents }) ?? true { stretches.append(Stretch()) }
            stretches[stretches.count - 1].append(block, isChecked: reader.isChecked(block))
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
    /// Opens the blocks that hold positions of a range, cut at the head. O(blocks), and what checking them costs the first time.
    ///
    /// Throws `damaged` at a block whose bytes are not those of its checksum.
    public func openBlocks(_ range: ClosedRange<Position>) throws -> OpenBlocks {
        try openBlocks(range, laneCount: 1, stretchEvents: .max, from: { _ in () }) { _, _ in }.blocks
    }

    /// The same; each block is handed on when it is checked, to one of several lanes at once.
    ///
    /// - Parameters:
    ///   - stretchEvents: the events that a lane takes at a time, at least.
    ///   - begin: what `visit` begins a stretch of blocks with, which holds so many events.
    ///   - visit: notes what it finds in a block; the blocks of a stretch come in their order.
    /// - Returns: what was found in the stretches, in the order of the log.
    public func openBlocks<Found>(
        _ range: ClosedRange<Position>, laneCount: Int, stretchEvents: Int, from begin: (_ events: Int) -> Found,
        _ visit: (borrowing BlockView, inout Found) throws -> Void
    ) throws -> (blocks: OpenBlocks, found: [Found]) {
        var stretches: [OpenBlocks.Stretch] = []
        let blocks = try OpenBlocks(self, range, stretchEvents: stretchEvents, stretches: &stretches)
        var lanes: [Void] = Array(repeating: (), count: max(1, min(laneCount, stretches.count)))
        let found = try Lanes.run(stretches, &lanes) { stretch, _ in
            var found = begin(stretch.events)
            for (place, isChecked) in stretch.blocks {
                let block = BlockView(checked: place.unsafeValue)
                if !isChecked { try CheckedBlocks.check(block) }
                try visit(block, &found)
            }
            return found
        }
        for stretch in stretches {
            for (place, isChecked) in stretch.blocks where !isChecked {
                noteChecked(BlockView(checked: place.unsafeValue))
            }
        }
        return (blocks, found)
    }
}
