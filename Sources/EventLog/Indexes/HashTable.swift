import Touchpoints

/// A map from keyed 128-bit hashes to positions or strands; open addressing, 24 bytes a slot, 32 to 64 an entry.
///
/// The keys are uniform already (they are keyed hashes), so their low bits serve as the slot.
struct HashTable: Sendable {
    private struct Slot {
        var hash: Hash128
        /// 0: the slot is free.
        var value: UInt64
    }
    private var slots: [Slot] = []
    private(set) var count = 0

    /// An empty table, with room for that many entries.
    init(capacity: Int = 0) { reserve(capacity) }

    /// The value of a hash. O(1).
    subscript(hash: Hash128) -> UInt64? {
        guard !slots.isEmpty else { return nil }
        let slot = slots[index(of: hash)]
        return slot.value == 0 ? nil : slot.value
    }

    /// Looks up those of many hashes whose value is 0 as yet; what has none stays 0.
    ///
    /// A look-up is one miss of the cache, and those of one call overlap: some 20 ns each instead of 100.
    func lookUp(_ hashes: [Hash128], into values: inout [UInt64]) {
        guard count > 0 else { return }
        let mask = slots.count - 1
        var isAnyTaken: UInt64 = 0
        for hash in hashes { isAnyTaken |= slots[Int(truncatingIfNeeded: hash.low) & mask].value }
        if isAnyTaken == 0 { return }
        for index in hashes.indices where values[index] == 0 {
            values[index] = slots[self.index(of: hashes[index])].value
        }
    }

    /// Notes the value, not 0, of a hash; the first one stays. O(1), amortized.
    mutating func insert(_ hash: Hash128, _ value: UInt64) {
        let index = place(for: hash)
        if slots[index].value == 0 { put(hash, value, at: index) }
    }

    /// Notes the value, not 0, of a hash; the last one stays. O(1), amortized.
    mutating func put(_ hash: Hash128, _ value: UInt64) { put(hash, value, at: place(for: hash)) }

    private mutating func put(_ hash: Hash128, _ value: UInt64, at index: Int) {
        if slots[index].value == 0 { count += 1 }
        slots[index] = Slot(hash: hash, value: value)
    }

    /// The slot that holds the hash, or a free one, in a table with room for one more.
    private mutating func place(for hash: Hash128) -> Int {
        reserve(1)
        return index(of: hash)
    }

    /// Makes room for so many more entries.
    mutating func reserve(_ more: Int) {
        if (count + more) * 4 > slots.count * 3 { grow(to: count + more) }
    }

    /// All entries, in no particular order.
    func forEach(_ body: (Hash128, UInt64) -> Void) {
        for slot in slots where slot.value != 0 { body(slot.hash, slot.value) }
    }

    /// The slot that holds the hash, or the free one where it belongs.
    private func index(of hash: Hash128) -> Int {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: hash.low) & mask
        while slots[index].value != 0, slots[index].hash != hash { index = (index + 1) & mask }
        return index
    }

    private mutating func grow(to count: Int) {
        let old = slots
        var slotCount = max(64, old.count)
        while count * 4 > slotCount * 3 { slotCount *= 2 }
        slots = Array(repeating: Slot(hash: Hash128(high: 0, low: 0), value: 0), count: slotCount)
        for slot in old where slot.value != 0 { slots[index(of: slot.hash)] = slot }
    }
}
