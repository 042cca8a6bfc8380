import Touchpoints

/// The events of one commit on their way, in their order, found by identity: a table of their numbers, four bytes a slot.
struct StagedEvents {
    /// What later events of the commit ask of a staged one.
    struct Event {
        var identity: Hash128
        var content: UInt64
        var recorded: Timestamp
        var strand: StrandNumber
        var isFolded: Bool
    }

    private(set) var events: [Event] = []
    /// Open addressing by the low bits of an identity, a keyed hash: an index plus one; 0: the slot is free.
    private var slots: [UInt32] = []

    /// Makes room for so many more events.
    mutating func reserve(_ more: Int) {
        let count = events.count + more
        events.reserveCapacity(count)
        guard 2 * count > slots.count else { return }
        var slotCount = max(64, slots.count)
        while 2 * count > slotCount { slotCount *= 2 }
        slots = Array(repeating: 0, count: slotCount)
        for index in events.indices { slots[place(of: events[index].identity)] = UInt32(index + 1) }
    }

    /// The index of the event with an identity. O(1).
    func index(of identity: Hash128) -> Int? {
        slots.isEmpty || slots[place(of: identity)] == 0 ? nil : Int(slots[place(of: identity)]) - 1
    }

    /// Adds an event whose identity is new. O(1), amortized.
    mutating func append(_ event: Event) {
        if 2 * events.count >= slots.count { reserve(max(32, events.count)) }
        events.append(event)
        slots[place(of: event.identity)] = UInt32(events.count)
    }

    /// The slot that holds the identity, or the free one where it belongs.
    private func place(of identity: Hash128) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: identity.low) & mask
        while slots[place] != 0, events[Int(slots[place]) - 1].identity != identity { place = (place + 1) & mask }
        return place
    }
}
