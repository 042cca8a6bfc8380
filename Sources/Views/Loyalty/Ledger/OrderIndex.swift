import Touchpoints

/// Finds orders in a list of records by their ids: open addressing over the hashes of the ids. Short lists have none.
///
/// Derived from the list, so that any two are equal: pools differ by their records.
struct OrderIndex: Equatable, Sendable {
    /// A place in the list plus one; 0 is free.
    private var slots: [UInt32] = []
    private var count = 0
    /// No refund that waits names one of the records: refunds were matched, and nothing has come since.
    var isMatched = false

    /// Records of a list that is looked through without an index.
    private static let shortMax = 16

    static func == (a: OrderIndex, b: OrderIndex) -> Bool { true }

    /// The place of the first record of an order. O(1).
    func place(of order: UInt64, in records: [OrderRecord]) -> Int? {
        guard !slots.isEmpty else { return records.firstIndex { $0.order == order } }
        let slot = slot(of: order, in: records)
        return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
    }

    /// Takes the last record of the list in. O(1).
    mutating func takeLast(of records: [OrderRecord]) {
        isMatched = false
        guard !slots.isEmpty, count * 2 < slots.count else { return rebuild(for: records) }
        note(records.count - 1, of: records)
    }

    /// After any other change of the list. O(records).
    mutating func rebuild(for records: [OrderRecord]) {
        (slots, count, isMatched) = ([], 0, false)
        guard records.count > Self.shortMax else { return }
        slots = [UInt32](repeating: 0, count: 1 << (Int.bitWidth - records.count.leadingZeroBitCount + 1))
        for place in records.indices { note(place, of: records) }
    }

    private mutating func note(_ place: Int, of records: [OrderRecord]) {
        guard records[place].order != 0 else { return }
        let slot = slot(of: records[place].order, in: records)
        guard slots[slot] == 0 else { return }
        slots[slot] = UInt32(place + 1)
        count += 1
    }

    /// Where an order stands, or would stand.
    private func slot(of order: UInt64, in records: [OrderRecord]) -> Int {
        var slot = Int(truncatingIfNeeded: order) & (slots.count - 1)
        while slots[slot] != 0, records[Int(slots[slot]) - 1].order != order { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }
}
