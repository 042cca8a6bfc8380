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

        /// - Parameter range: the name, behind which eight bytes more can be read.
        @inline(__always)
        init(head: UInt64, _ bytes: RawSpan, _ range: Range<Int>) {
            self.head = head
            let count = range.upperBound &- range.lowerBound
            self.count = UInt32(truncatingIfNeeded: count)
            if count > 8 { tail = JSONText.head(bytes, range.upperBound &- 8..<range.upperBound) }
            if count > 16 { middle = JSONText.head(bytes, range.lowerBound &+ 8..<range.upperBound) }
        }

        init() {}

        @inline(__always)
        func isName(of other: Slot) -> Bool {
            head == other.head && count == other.count && tail == other.tail && middle == other.middle
        }
    }

    let slots: [Slot]
    private static let slotBits: UInt64 = 9

    /// - Parameter names: 256 at most, of 1 to 24 bytes each.
    init(_ names: [String]) {
        precondition(names.count <= 256, "at most half of the slots are taken")
        var slots = [Slot](repeating: Slot(), count: 1 << Self.slotBits)
        for (index, name) in names.enumerated() {
            precondition((1...24).contains(name.utf8.count), "\(name) has 1 to 24 bytes")
            let bytes = Array(name.utf8) + [UInt8](repeating: 0, count: 8)
            let head = JSONText.head(bytes.span.bytes, 0..<name.utf8.count)
            var slot = Slot(head: head, bytes.span.bytes, 0..<name.utf8.count)
            slot.number = UInt16(index + 1)
            var place = Self.place(of: Self.mixed(head))
            while slots[place].number != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = slot
        }
        self.slots = slots
    }

    /// What a name's place in tables follows from.
    @inline(__always)
    static func mixed(_ head: UInt64) -> UInt64 { head &* 0x9E37_79B9_7F4A_7C15 }

    @inline(__always)
    private static func place(of mixed: UInt64) -> Int { Int(truncatingIfNeeded: mixed &>> (64 &- slotBits)) }

    /// The number of the name in a piece of bytes, behind which eight more can be read; 0 for an unknown one.
    ///
    /// - Parameters:
    ///   - head: its first eight bytes, see ``JSONText/head(_:_:)``.
    ///   - mixed: ``mixed(_:)`` of that.
    @inline(__always)
    static func number(
        in slots: Span<Slot>, _ bytes: RawSpan, _ range: Range<Int>, head: UInt64, mixed: UInt64
    ) -> UInt16 {
        if range.upperBound &- range.lowerBound > 24 { return 0 }
        let name = Slot(head: head, bytes, range)
        var place = place(of: mixed)
        while slots[place].number != 0 {
            if slots[place].isName(of: name) { return slots[place].number }
            place = (place &+ 1) & (slots.count &- 1)
        }
        return 0
    }
}
