import EventLog
import Touchpoints

/// The events of a batch that customers take, by customer: ascending by customer, each one's by position.
///
/// Memory: 16 bytes an event while it is made, then 8.
struct Arrivals {
    let blocks: OpenBlocks
    /// The customer's number above the event's distance from ``OpenBlocks/first``.
    private var entries: [UInt64]

    /// - Parameter entries: ascending by position.
    init(_ blocks: OpenBlocks, _ entries: [UInt64]) {
        self.blocks = blocks
        self.entries = Self.sortedByCustomer(entries)
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
    func firstIndex(from customer: Int) -> Int { entries.partitioningIndex { $0 >> 32 >= UInt64(customer) } }

    /// Hands on the events of each page of so many customers.
    func forEachPage(
        of size: Int, in range: Range<Int>, _ body: (_ page: Int, _ indices: Range<Int>) throws -> Void
    ) rethrows {
        var start = range.lowerBound
        while start < range.upperBound {
            let page = Int(entries[start] >> 32) / size
            let end = firstIndex(from: (page + 1) * size)
            try body(page, start..<end)
            start = end
        }
    }

    /// Cuts the events into about so many ranges of about equal length, each of whole pages.
    func chunks(about number: Int, pageSize: Int) -> [Range<Int>] {
        var chunks: [Range<Int>] = []
        var start = 0
        while start < count {
            let last = min(start + count / number, count - 1)
            let end = firstIndex(from: (Int(entries[last] >> 32) / pageSize + 1) * pageSize)
            chunks.append(start..<end)
            start = end
        }
        return chunks
    }

    /// Least significant digits first, which keeps the order of positions. O(events).
    private static func sortedByCustomer(_ entries: [UInt64]) -> [UInt64] {
        let digitWidth = 11
        var (from, to) = (entries, [UInt64](repeating: 0, count: entries.count))
        for shift in stride(from: 32, to: 64, by: digitWidth) {
            var starts = [Int](repeating: 0, count: 1 << digitWidth)
            for entry in from { starts[Int(entry >> UInt64(shift)) & (1 << digitWidth - 1)] += 1 }
            if starts.contains(from.count) { continue }
            var sum = 0
            for digit in starts.indices {
                (starts[digit], sum) = (sum, sum + starts[digit])
            }
            for entry in from {
                let digit = Int(entry >> UInt64(shift)) & (1 << digitWidth - 1)
                to[starts[digit]] = entry
                starts[digit] += 1
            }
            swap(&from, &to)
        }
        return from
    }
}
