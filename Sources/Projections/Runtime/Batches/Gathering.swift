import EventLog
import Touchpoints

/// The events of a batch, by who takes them.
struct Gathering {
    let arrivals: Arrivals
    /// Events of no customer.
    var unowned: [Position] = []
    /// Of a ledger: the events of customers whom decisions of the batch are about.
    var inOrder: [Position] = []

    /// Who takes an event.
    enum Taker {
        case nobody
        case totals
        case customer(CustomerNumber)
        case inOrder
    }

    /// O(events).
    ///
    /// - Parameters:
    ///   - chunkEvents: the events that are taken at a time, about.
    ///   - taker: is asked for each event that projectors fold.
    init(
        _ range: ClosedRange<Position>, of log: LogReader, chunkEvents: Int,
        _ taker: (borrowing EventView) throws -> Taker
    ) throws {
        var entries: [UInt64] = []
        var (unowned, inOrder): ([Position], [Position]) = ([], [])
        entries.reserveCapacity(Int(range.upperBound.rawValue - range.lowerBound.rawValue) + 1)
        let blocks = try log.openBlocks(range) { block in
            let first = max(block.first, range.lowerBound)
            let last = min(block.last, range.upperBound)
            for index in Int(first.rawValue - block.first.rawValue)...Int(last.rawValue - block.first.rawValue) {
                let event = block.event(index)
                guard event.isFolded else { continue }
                switch try taker(event) {
                case .nobody: break
                case .totals: unowned.append(event.position)
                case .customer(let customer):
                    entries.append(Arrivals.entry(customer, event.position, behind: range.lowerBound))
                case .inOrder: inOrder.append(event.position)
                }
            }
        }
        arrivals = Arrivals(blocks, entries, chunkEvents: chunkEvents)
        self.unowned = unowned
        self.inOrder = inOrder
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
