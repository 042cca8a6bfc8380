import Digests
import Projections
import Synchronization
import Wayfold

/// A list that is paged through: its rows as they were, and where they stand.
struct OpenList: Sendable {
    let spool: RowSpool
    let format: AnswerFormat
    let columns: [Column]
    let answer: Answer
    let workspace: String
}

/// Keeps lists between pages, each until nobody has read on for a while. Whoever comes later gets 410.
final class ListShelf: Sendable {
    private struct Place: Sendable {
        var list: OpenList
        var lastUse: ContinuousClock.Instant
    }

    private let limits: ServiceLimits
    private let places = Mutex<[String: Place]>([:])

    init(_ limits: ServiceLimits) { self.limits = limits }

    var listCount: Int { places.withLock { $0.count } }

    /// Keeps a list; the ones that were not read for longest give way where there is no room. Its name cannot be guessed.
    func keep(_ list: OpenList, now: ContinuousClock.Instant = .now) -> String {
        var random = SecureRandom()
        let name = random.hexadecimal(16)
        places.withLock { places in
            places[name] = Place(list: list, lastUse: now)
            func byteCount() -> Int { places.values.reduce(0) { $0 + $1.list.spool.byteCount } }
            while places.count > limits.lists || (places.count > 1 && byteCount() > limits.listByteCount) {
                let oldest = places.filter { $0.key != name }.min { $0.value.lastUse < $1.value.lastUse }
                guard let oldest else { break }
                places[oldest.key] = nil
            }
        }
        return name
    }

    /// - Throws: ``Problem`` (410) for a list that is kept no more, was never there, or is another workspace's.
    func list(_ name: String, workspace: String, now: ContinuousClock.Instant = .now) throws(Problem) -> OpenList {
        let list = places.withLock { places -> OpenList? in
            guard let place = places[name], place.list.workspace == workspace else { return nil }
            places[name]?.lastUse = now
            return place.list
        }
        guard let list else { throw Problem(.gone, "the cursor has expired: ask for the first page again") }
        return list
    }

    /// Lets go of what nobody has read on for long.
    func sweep(now: ContinuousClock.Instant = .now) {
        places.withLock { places in
            places = places.filter { now - $0.value.lastUse < .seconds(limits.listSeconds) }
        }
    }
}
