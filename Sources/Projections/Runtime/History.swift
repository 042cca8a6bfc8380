import EventLog
import Touchpoints

/// A customer's list of events in fold order: as it was folded before and as it is now, merged, each event marked
/// with the lists that it is in.
///
/// Late and voided events, strands that came and strands that went are all the same here: entries in which the two
/// lists differ. Memory: a piece of each strand.
struct History {
    struct Entry {
        var key: FoldKey
        var isOld: Bool
        var isNew: Bool
    }

    /// A strand, and whether its events are in the old list and in the new one.
    private struct Member {
        var events: StrandHistory
        var isOld: Bool
        var isNew: Bool
    }

    /// What lies in the old list but not the new one, or the other way round, is told by these.
    struct Bounds {
        /// Events before this one are in neither list.
        var first: Position
        /// Events up to here can be in the old list; up to `end` in the new one.
        var folded: Position
        var end: Position
        /// Events after this time are in neither list.
        var cut: Timestamp?
        var voided: Set<Position>
        /// Those of `voided` that were in the old list.
        var newlyVoided: Set<Position>
    }

    private let bounds: Bounds
    private var members: [Member] = []
    /// Keys in which the lists may differ: single ones, ascending, and all of some strands.
    private let edits: [FoldKey]
    private var edited: [StrandHistory]
    private var buffer: [Entry] = []
    private var index = 0

    init(
        of log: LogReader, old: [StrandNumber], new: [StrandNumber], edits: [FoldKey] = [], _ bounds: Bounds
    ) {
        self.bounds = bounds
        self.edits = edits
        for strand in Set(old).union(new).sorted() {
            members.append(
                Member(
                    events: StrandHistory(strand, of: log, through: bounds.end), isOld: old.contains(strand),
                    isNew: new.contains(strand)))
        }
        edited = members.filter { $0.isOld != $0.isNew }.map(\.events)
    }

    /// A list that is known, and is as it was.
    init(_ keys: [FoldKey], through end: Position) {
        bounds = Bounds(first: .start, folded: end, end: end, cut: nil, voided: [], newlyVoided: [])
        edits = []
        edited = []
        buffer = keys.map { Entry(key: $0, isOld: true, isNew: true) }
    }
}

/// Reading on.
extension History {
    /// The next entry, or one behind it; nil where there are not so many.
    mutating func peek(_ ahead: Int = 0) throws -> Entry? {
        while buffer.count <= index + ahead, let entry = try merge() { buffer.append(entry) }
        return buffer.count > index + ahead ? buffer[index + ahead] : nil
    }

    mutating func skip() { index += 1 }

    /// Forgets what was passed: ``rewind()`` comes back to here.
    mutating func mark() {
        buffer.removeFirst(index)
        index = 0
    }

    mutating func rewind() { index = 0 }

    /// Goes on, or back, to the first entry behind a key.
    mutating func seek(behind key: FoldKey) {
        (buffer, index) = ([], 0)
        for number in members.indices { members[number].events.seek(behind: key) }
    }

    /// The first key behind `key` at which the lists may differ.
    mutating func difference(behind key: FoldKey) throws -> FoldKey? {
        let place = edits.partitioningIndex { $0 > key }
        var first = place < edits.count ? edits[place] : nil
        for number in edited.indices {
            edited[number].seek(behind: key)
            if let next = try edited[number].peek(), first == nil || next < first! { first = next }
        }
        return first
    }

    private mutating func merge() throws -> Entry? {
        while true {
            var least: (key: FoldKey, member: Int)?
            for number in members.indices {
                if let key = try members[number].events.peek(), least == nil || key < least!.key {
                    least = (key, number)
                }
            }
            guard let (key, number) = least else { return nil }
            if let cut = bounds.cut, key.time > cut { return nil }
            members[number].events.skip()
            if key.position < bounds.first { continue }
            let isVoided = bounds.voided.contains(key.position)
            let isNew = members[number].isNew && !isVoided
            let isOld =
                members[number].isOld && key.position <= bounds.folded
                && (!isVoided || bounds.newlyVoided.contains(key.position))
            if isOld || isNew { return Entry(key: key, isOld: isOld, isNew: isNew) }
        }
    }
}
