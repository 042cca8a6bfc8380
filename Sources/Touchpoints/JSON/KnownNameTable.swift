/// Finds the numbers of names, from 1 on, by their bytes; open addressing.
struct KnownNameTable: Sendable {
    /// A name of at most 24 bytes: words that together hold all of them, the first byte lowest, zeros behind a shorter name.
    struct Slot: BitwiseCopyable, Sendable {
        var head: UInt64 = 0
        var middle: UInt64 = 0
        var tail: UInt64 = 0
        var count: UInt32 = 0
        /// 0: the slot is free.
        var number: UInt16 = 0

        /// - Parameters:
        ///   - start: where the name begins in these bytes.
        ///   - end: where it ends; eight bytes more can be read there.
        @inline(__always)
        init(_ bytes: RawSpan, _ start: Int, _ end: Int) {
            let count = end &- start
            self.count = UInt32(truncatingIfNeeded: count)
            head = Self.word(bytes, start)
            if count < 8 {
                head &= (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
            } else {
                tail = Self.word(bytes, end &- 8)
                if count > 16 { middle = Self.word(bytes, start &+ 8) }
            }
        }

        init() {}

        /// What the name's place in tables follows from.
        @inline(__always)
        var mixed: UInt64 { (head ^ tail &* 3 ^ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15 }

        @inline(__always)
        func isName(of other: Slot) -> Bool {
            (head ^ other.head) | (tail ^ other.tail) | (middle ^ other.middle) | UInt64(count ^ other.count) == 0
        }

        @inline(__always)
        private static func word(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
            UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
        }
    }

    let slots: [Slot]
    private static let slotBits: UInt64 = 9
    private static let slotCount = 1 << slotBits

    /// - Parameter names: 256 at most, of 1 to 24 bytes each.
    init(_ names: [String]) {
        precondition(names.count <= 256, "at most half of the slots are taken")
        var slots = [Slot](repeating: Slot(), count: Self.slotCount)
        for (index, name) in names.enumerated() {
            precondition((1...24).contains(name.utf8.count), "\(name) has 1 to 24 bytes")
            let bytes = Array(name.utf8) + [UInt8](repeating: 0, count: 8)
            var slot = Slot(bytes.span.bytes, 0, name.utf8.count)
            slot.number = UInt16(index + 1)
            var place = Self.place(of: slot.mixed)
            while slots[place].number != 0 { place = (place + 1) & (Self.slotCount - 1) }
            slots[place] = slot
        }
        self.slots = slots
    }

    @inline(__always)
    private static func place(of mixed: UInt64) -> Int { Int(truncatingIfNeeded: mixed &>> (64 &- slotBits)) }

    /// The number of a name; 0 for an unknown one.
    ///
    /// - Parameter mixed: `name.mixed`.
    @inline(__always)
    static func number(of name: Slot, mixed: UInt64, in slots: Span<Slot>) -> UInt16 {
        if name.count > 24 { return 0 }
        var place = place(of: mixed)
        while slots[place].number != 0 {
            if slots[place].isName(of: name) { return slots[place].number }
            place = (place &+ 1) & (slotCount &- 1)
        }
        return 0
    }
}
