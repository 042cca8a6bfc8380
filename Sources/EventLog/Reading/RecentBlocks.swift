import LMDB
import Touchpoints

/// The blocks of one snapshot that single events were read from: the next event of one costs no search.
///
/// A table of 65,536 places, each for the block that holds some 128 neighbouring positions; made when it is first used.
struct RecentBlocks {
    private struct Entry {
        var first: UInt64
        var count: UInt32
        /// Of which snapshot.
        var generation: UInt32
        var place: ValuePlace
    }
    private static let entryCount = 1 << 16

    private var entries: [Entry?] = []
    private var generation: UInt32 = 0

    /// Where the block lies that holds a position, and which of its events stands there; nil when that is not known.
    func find(_ position: Position) -> (block: ValuePlace, index: Int)? {
        guard !entries.isEmpty, let entry = entries[Self.index(of: position)],
            entry.generation == generation, case let index = position.rawValue &- entry.first, index < entry.count
        else { return nil }
        return (entry.place, Int(index))
    }

    /// Notes the block that was found for a position.
    mutating func note(_ block: borrowing BlockView, for position: Position) {
        if entries.isEmpty { entries = Array(repeating: nil, count: Self.entryCount) }
        entries[Self.index(of: position)] = Entry(
            first: block.first.rawValue, count: UInt32(block.count), generation: generation,
            place: ValuePlace(of: block.bytes))
    }

    /// Forgets all: another snapshot is read now.
    mutating func removeAll() {
        generation &+= 1
        // Once in four billion times entries of long ago would seem to be new.
        if generation == 0 { entries = [] }
    }

    private static func index(of position: Position) -> Int { Int(position.rawValue >> 7) & (entryCount - 1) }
}
