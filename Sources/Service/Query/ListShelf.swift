import Digests
import Synchronization
import Wayfold

/// Keeps lists between pages, each until nobody has read on for a while. Whoever comes later gets 410.
///
/// Where there is no room for all, a list gives way that nobody has read on with, before one that is paged through; among
/// these one of the caller who has most; and of that caller's the one that was not read for longest. So a job that pages
/// loses its list to no number of others' first pages.
final class ListShelf: Sendable {
    private struct Place: Sendable {
        var list: OpenList
        var lastUse: ContinuousClock.Instant
        /// A page was read from it.
        var isReadOn = false
    }

    private let limits: ServiceLimits
    private let places = Mutex<[String: Place]>([:])
    /// Bytes of all lists, also of those that are being written.
    private let taken = Atomic(0)

    init(_ limits: ServiceLimits) { self.limits = limits }

    var listCount: Int { places.withLock { $0.count } }

    /// Keeps a list. Its name cannot be guessed.
    func keep(_ list: OpenList, now: ContinuousClock.Instant = .now) -> String {
        var random = SecureRandom()
        let name = random.hexadecimal(ListCursor.listDigits / 2)
        places.withLock { places in
            while places.count >= max(1, limits.lists), Self.letGoOfOne(&places) {}
            places[name] = Place(list: list, lastUse: now)
        }
        return name
    }

    /// The list that a cursor speaks of.
    ///
    /// - Parameter path: the route that the cursor came to.
    /// - Throws: ``Problem``: 410 for a list that is kept no more, was never there, or is another workspace's; 400 for a
    ///   cursor of another route, and for a row that the list does not have.
    func list(
        of cursor: ListCursor, workspace: String, path: String, now: ContinuousClock.Instant = .now
    ) throws(Problem) -> OpenList {
        let list = places.withLock { places -> OpenList? in
            guard let place = places[cursor.list], place.list.owner.workspace == workspace else { return nil }
            guard place.list.path == path else { return place.list }
            places[cursor.list]?.lastUse = now
            places[cursor.list]?.isReadOn = true
            return place.list
        }
        guard let list else { throw Problem(.gone, "the cursor has expired: ask for the first page again") }
        guard list.path == path else {
            throw Problem(.badRequest, "the cursor belongs to another list than this").about("cursor")
        }
        guard cursor.offset < list.spool.rowCount else {
            throw Problem(.badRequest, "the cursor lies behind the end of its list").about("cursor")
        }
        return list
    }

    /// Lets go of what nobody has read on for long.
    func sweep(now: ContinuousClock.Instant = .now) {
        places.withLock { places in
            places = places.filter { now - $0.value.lastUse < .seconds(limits.listSeconds) }
        }
    }

    private static func letGoOfOne(_ places: inout [String: Place]) -> Bool {
        let counts = Dictionary(grouping: places.values, by: \.list.owner).mapValues(\.count)
        let first = places.min { a, b in
            if a.value.isReadOn != b.value.isReadOn { return b.value.isReadOn }
            let (mine, other) = (counts[a.value.list.owner]!, counts[b.value.list.owner]!)
            return mine == other ? a.value.lastUse < b.value.lastUse : mine > other
        }
        guard let first else { return false }
        places[first.key] = nil
        return true
    }
}

/// Room on disk.
extension ListShelf {
    /// Takes room for more of a list that has so much already; others give way for it.
    ///
    /// - Throws: ``Problem`` (503) where there is none, or the list alone had more than half of all.
    fileprivate func take(_ byteCount: Int, having: Int) throws(Problem) {
        guard having + byteCount <= limits.listByteCount / 2 else {
            throw Problem(.unavailable, "the list is longer than the service can keep: ask for less of it")
        }
        while true {
            let before = taken.add(byteCount, ordering: .relaxed).oldValue
            if before + byteCount <= limits.listByteCount { return }
            giveBack(byteCount)
            guard places.withLock({ Self.letGoOfOne(&$0) }) else {
                throw Problem(.unavailable, "the lists that are being read take all room").retryable(after: 10)
            }
        }
    }

    fileprivate func giveBack(_ byteCount: Int) { taken.subtract(byteCount, ordering: .relaxed) }
}

/// The room that one list takes, for as long as the value lives.
final class ListRoom: Sendable {
    private let shelf: ListShelf
    private let byteCount = Atomic(0)

    init(_ shelf: ListShelf) { self.shelf = shelf }

    deinit { shelf.giveBack(byteCount.load(ordering: .relaxed)) }

    /// Takes more, before it is written; by one caller at a time.
    func take(_ count: Int) throws(Problem) {
        try shelf.take(count, having: byteCount.load(ordering: .relaxed))
        byteCount.add(count, ordering: .relaxed)
    }
}
