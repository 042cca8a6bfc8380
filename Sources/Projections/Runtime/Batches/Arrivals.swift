import EventLog
import Synchronization
import Touchpoints

/// The events of a batch that customers take, by customer: ascending by customer, each one's by position.
///
/// Memory: 24 bytes an event while it is made, then 8; and ``EventCopies`` of the chunks in hand.
final class Arrivals: Sendable {
    let blocks: OpenBlocks
    /// Ranges of events, of whole pages of customers each: what is taken at a time.
    let chunks: [Range<Int>]
    /// The customer's number above the event's distance from ``OpenBlocks/first``.
    private let entries: [UInt64]
    /// By chunk.
    private let copies = Mutex<[Int: EventCopies]>([:])

    /// - Parameters:
    ///   - parts: entries, ascending by position from part to part.
    ///   - chunkEvents: the events of a chunk, about.
    init(_ blocks: OpenBlocks, _ parts: [[UInt64]], laneCount: Int, chunkEvents: Int) throws {
        self.blocks = blocks
        let entries = try Self.sortedByCustomer(parts, laneCount: laneCount)
        self.entries = entries
        var chunks: [Range<Int>] = []
        var start = 0
        while start < entries.count {
            let last = min(start + chunkEvents, entries.count) - 1
            let end = Self.firstIndex(in: entries, from: (Int(entries[last] >> 32) / Paging.size + 1) * Paging.size)
            chunks.append(start..<end)
            start = end
        }
        self.chunks = chunks
    }

    /// A batch holds no more: distances have 32 bits.
    static let mostEvents: UInt64 = 1 << 32 - 1

    static func entry(_ customer: CustomerNumber, _ position: Position, behind first: Position) -> UInt64 {
        UInt64(customer.rawValue) << 32 | position.rawValue - first.rawValue
    }

    /// How many events there are.
    var count: Int { entries.count }

    func customer(_ index: Int) -> CustomerNumber { CustomerNumber(rawValue: UInt32(entries[index] >> 32)) }
    func position(_ index: Int) -> Position {
        Position(blocks.first.rawValue + UInt64(UInt32(truncatingIfNeeded: entries[index])))
    }

    /// The end of the events of the customer whose first one stands at an index. O(events of the customer).
    func end(ofCustomerAt index: Int) -> Int {
        let customer = entries[index] >> 32
        var end = index + 1
        while end < entries.count, entries[end] >> 32 == customer { end += 1 }
        return end
    }

    /// The first index whose customer has this number or a greater one. O(log events).
    func firstIndex(from customer: Int) -> Int { Self.firstIndex(in: entries, from: customer) }

    private static func firstIndex(in entries: [UInt64], from customer: Int) -> Int {
        entries.partitioningIndex { $0 >> 32 >= UInt64(customer) }
    }

    /// Hands on the events of each page of customers in a chunk.
    func forEachPage(ofChunk chunk: Int, _ body: (_ page: Int, _ indices: Range<Int>) throws -> Void) rethrows {
        var start = chunks[chunk].lowerBound
        while start < chunks[chunk].upperBound {
            let page = Int(entries[start] >> 32) / Paging.size
            let end = firstIndex(from: (page + 1) * Paging.size)
            try body(page, start..<end)
            start = end
        }
    }

    /// The events of a chunk side by side, kept for the views that take it next. O(events) the first time.
    func copies(ofChunk chunk: Int) -> EventCopies {
        if let known = copies.withLock({ $0[chunk] }) { return known }
        let made = EventCopies(blocks, chunks[chunk].map { position($0) })
        copies.withLock { $0[chunk] = made }
        return made
    }

    /// Lets the copies of all other chunks go.
    func keepCopies(ofChunks range: Range<Int>) {
        copies.withLock { copies in copies = copies.filter { range.contains($0.key) } }
    }

    /// Each lane sorts the events of a range of customers. O(events).
    private static func sortedByCustomer(_ parts: [[UInt64]], laneCount: Int) throws -> [UInt64] {
        var lanes: [Void] = Array(repeating: (), count: max(1, min(laneCount, parts.count)))
        let ranges = evenRanges(of: parts, count: lanes.count)
        let sorted = try Lanes.run(ranges, &lanes) { customers, _ in
            sortedByCustomer(parts, of: customers)
        }
        if sorted.count == 1 { return sorted[0] }
        return sorted.reduce(into: []) { $0 += $1 }
    }

    /// Ranges of customers with about as many events each, by a sample of them.
    private static func evenRanges(of parts: [[UInt64]], count: Int) -> [Range<UInt64>] {
        if count == 1 { return [0..<1 << 32] }
        let sample = parts.flatMap { part in
            stride(from: 0, to: part.count, by: 512).map { part[$0] >> 32 }
        }.sorted()
        let bounds = sample.isEmpty ? [] : (1..<count).map { sample[sample.count * $0 / count] }
        return zip([0] + bounds, bounds + [1 << 32]).map { $0..<$1 }
    }

    /// Least significant digits first, which keeps the order of positions. O(events).
    private static func sortedByCustomer(_ parts: [[UInt64]], of customers: Range<UInt64>) -> [UInt64] {
        let digitWidth = 11
        var from = parts
        var greatest: UInt64 = 0
        var shift: UInt64 = 32
        repeat {
            var starts = [Int](repeating: 0, count: 1 << digitWidth)
            for part in from {
                for entry in part where customers.contains(entry >> 32) {
                    starts[Int(entry >> shift) & (1 << digitWidth - 1)] += 1
                    greatest = max(greatest, entry)
                }
            }
            var sum = 0
            for digit in starts.indices {
                (starts[digit], sum) = (sum, sum + starts[digit])
            }
            var to = [UInt64](repeating: 0, count: sum)
            for part in from {
                for entry in part where customers.contains(entry >> 32) {
                    let digit = Int(entry >> shift) & (1 << digitWidth - 1)
                    to[starts[digit]] = entry
                    starts[digit] += 1
                }
            }
            from = [to]
            shift += UInt64(digitWidth)
        } while greatest >> shift > 0
        return from[0]
    }
}
