import Touchpoints

/// The number of the last step of each strand in a tail; open addressing, 8 bytes a slot.
struct LastSteps: Sendable {
    private struct Slot {
        var strand: StrandNumber
        /// 0: the slot is free.
        var step: UInt32
    }
    private var slots: [Slot] = []
    private var count = 0

    /// The number of a strand's last step; 0 when it has none. O(1).
    subscript(strand: StrandNumber) -> UInt32 { slots.isEmpty ? 0 : slots[index(of: strand)].step }

    /// Notes the last step of a strand, not 0; the one before, 0 for none. O(1), amortized.
    mutating func exchange(_ strand: StrandNumber, with step: UInt32) -> UInt32 {
        if (count + 1) * 4 > slots.count * 3 { grow() }
        let index = index(of: strand)
        let previous = slots[index].step
        if previous == 0 { count += 1 }
        slots[index] = Slot(strand: strand, step: step)
        return previous
    }

    private func index(of strand: StrandNumber) -> Int {
        let mask = slots.count - 1
        // Neighbours are spread by Knuth's multiplicative hash.
        var index = Int(strand.rawValue &* 0x9E37_79B1 >> 7) & mask
        while slots[index].step != 0, slots[index].strand != strand { index = (index + 1) & mask }
        return index
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(strand: .none, step: 0), count: max(64, 2 * old.count))
        for slot in old where slot.step != 0 { slots[index(of: slot.strand)] = slot }
    }
}
