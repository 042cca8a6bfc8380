import Projections
import Touchpoints

/// The edges that one customer has made, by customer or by session: a set that only grows, a sorted array.
struct SeenEdges: Equatable, Sendable {
    /// Marks: the edge was made between neighbours of the whole journey, of one session.
    static let byCustomer: UInt64 = 1
    static let bySession: UInt64 = 2

    /// Ascending: the packed edge times four, plus its marks.
    private var entries: [UInt64] = []

    /// Adds marks to an edge; gives those that it did not have. O(log edges), a new edge O(edges).
    @inline(__always)
    mutating func note(_ edge: Edge, _ marks: UInt64) -> UInt64 {
        let key = edge.packed << 2
        let index = place(of: key)
        if index < entries.count, entries[index] & ~3 == key {
            let new = marks & ~entries[index]
            if new != 0 { entries[index] |= new }
            return new
        }
        if entries.isEmpty { entries.reserveCapacity(8) }
        entries.place(key | marks, at: index)
        return marks
    }

    /// The touchpoints that the customer has met, ascending by number.
    var touchpoints: some Sequence<EventType> {
        entries.lazy.prefix { $0 >> 18 == 0 }.map { Edge(packed: $0 >> 2).to }
    }

    var touchpointCount: Int { place(of: 1 << 18) }
    /// Edges between neighbours of the whole journey.
    var edgeCount: Int { entries.dropFirst(touchpointCount).count { $0 & Self.byCustomer != 0 } }

    /// The first entry that is not below `key`.
    @inline(__always)
    private func place(of key: UInt64) -> Int {
        var low = 0
        var count = entries.count
        while count > 0 {
            let half = count / 2
            if entries[low + half] < key {
                low += half + 1
                count -= half + 1
            } else {
                count = half
            }
        }
        return low
    }
}

extension SeenEdges {
    func encode(into writer: inout ByteWriter) {
        writer.write(entries.count)
        var last: UInt64 = 0
        for entry in entries {
            writer.write(entry - last)
            last = entry
        }
    }

    init(from reader: inout ByteReader) throws {
        let count = try reader.readCount()
        entries.reserveCapacity(count)
        var last: UInt64 = 0
        for _ in 0..<count {
            let (entry, overflow) = last.addingReportingOverflow(try reader.readUInt64())
            guard !overflow, entry < 1 << 34, entry & 3 != 0, entry & ~3 > last || entries.isEmpty else {
                throw StateError("edges are out of order or without a mark")
            }
            entries.append(entry)
            last = entry
        }
    }
}
