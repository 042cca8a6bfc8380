import EventLog
import Touchpoints

/// The events of a batch, by who takes them.
struct Gathering {
    let arrivals: Arrivals
    /// Events of no customer.
    let unowned: [Position]
    /// Of a ledger: the events of customers whom decisions of the batch are about.
    let inOrder: [Position]

    /// Who takes an event.
    enum Taker {
        case nobody
        case totals
        case customer(CustomerNumber)
        case inOrder
    }

    /// What some blocks hold.
    private struct Part {
        var entries: [UInt64] = []
        var unowned: [Position] = []
        var inOrder: [Position] = []

        init(events: Int) { entries.reserveCapacity(events) }
    }

    /// O(events).
    ///
    /// - Parameters:
    ///   - chunkEvents: the events that are taken at a time, about.
    ///   - taker: is asked for each event that projectors fold, by several lanes at once.
    init(
        _ range: ClosedRange<Position>, of log: LogReader, laneCount: Int, chunkEvents: Int,
        _ taker: (borrowing EventView) throws -> Taker
    ) throws {
        let (blocks, parts) = try log.openBlocks(
            range, laneCount: laneCount, stretchEvents: chunkEvents, from: Part.init(events:)
        ) { block, part in
            let first = max(block.first, range.lowerBound)
            let last = min(block.last, range.upperBound)
            for index in Int(first.rawValue - block.first.rawValue)...Int(last.rawValue - block.first.rawValue) {
                let event = block.event(index)
                guard event.isFolded else { continue }
                switch try taker(event) {
                case .nobody: break
                case .totals: part.unowned.append(event.position)
                case .customer(let customer):
                    part.entries.append(Arrivals.entry(customer, event.position, behind: range.lowerBound))
                case .inOrder: part.inOrder.append(event.position)
                }
            }
        }
        arrivals = try Arrivals(blocks, parts.map(\.entries), laneCount: laneCount, chunkEvents: chunkEvents)
        unowned = parts.flatMap(\.unowned)
        inOrder = parts.flatMap(\.inOrder)
    }
}

/// The gatherings of one state of the log, so that several views need to make each once.
final class Gatherings {
    /// Views of one order gather alike, and both do as long as the log holds no decision.
    struct Key: Hashable {
        var order: FoldOrder?
        var range: ClosedRange<Position>
        var customers: ClosedRange<UInt32>
    }

    /// Events that are kept at most.
    private let limit: Int
    private var kept: [(key: Key, gathering: Gathering)] = []

    init(limit: Int) { self.limit = limit }

    /// The gathering of that key, which `make` makes where there is none.
    func gathering(_ key: Key, _ make: () throws -> Gathering) rethrows -> Gathering {
        if let known = kept.first(where: { $0.key == key }) { return known.gathering }
        let gathering = try make()
        kept.append((key, gathering))
        while kept.reduce(0, { $0 + $1.gathering.arrivals.count }) > limit { kept.removeFirst() }
        return gathering
    }

    /// Forgets everything: to be called before the log's reader goes on.
    func removeAll() { kept = [] }
}
