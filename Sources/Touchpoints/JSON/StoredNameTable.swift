/// Names with their numbers, looked up both ways.
struct StoredNameTable: Sendable {
    /// The first eight bytes of a name, the first one highest, zeros behind a shorter one; its length and its number, plus one.
    private struct Slot {
        var head: UInt64 = 0
        var count = 0
        /// 0: the slot is free.
        var ordinal = 0
    }

    private let names: [String]
    /// All names, one behind the other, and where each begins.
    private let texts: [UInt8]
    private let starts: [Int]
    private let slots: [Slot]
    private static let slotBits = 10

    init(_ names: [String]) {
        precondition(names.count * 2 <= 1 << Self.slotBits, "the table is too small")
        self.names = names
        texts = names.flatMap { Array($0.utf8) }
        starts = names.reduce(into: [0]) { $0.append($0.last! + $1.utf8.count) }
        var slots = [Slot](repeating: Slot(), count: 1 << Self.slotBits)
        for (number, name) in names.enumerated() {
            let head = Self.head(of: name)
            var place = Self.place(head, name.utf8.count)
            while slots[place].ordinal != 0 { place = (place + 1) % slots.count }
            slots[place] = Slot(head: head, count: name.utf8.count, ordinal: number + 1)
        }
        self.slots = slots
    }

    func name(_ number: Int) -> String { names[number] }

    /// The bytes of a name.
    func range(_ number: Int) -> Range<Int> { starts[number]..<starts[number + 1] }

    /// Whether the name with a number is this one.
    @inline(__always)
    func isName(_ number: Int, _ text: Span<UInt8>) -> Bool {
        let start = starts[number]
        guard starts[number &+ 1] &- start == text.count else { return false }
        for i in text.indices where texts[start &+ i] != text[i] { return false }
        return true
    }

    /// The number of the name in a piece of bytes, nil for one that has none.
    ///
    /// - Parameter head: its first eight bytes, the first one highest, zeros behind a shorter one.
    @inline(__always)
    func number(of head: UInt64, _ bytes: RawSpan, _ range: Range<Int>) -> Int? {
        let count = range.upperBound &- range.lowerBound
        var place = Self.place(head, count)
        while slots[place].ordinal != 0 {
            let slot = slots[place]
            if slot.head == head, slot.count == count, count <= 8 || isEqual(slot.ordinal &- 1, bytes, range) {
                return slot.ordinal &- 1
            }
            place = (place &+ 1) & (slots.count &- 1)
        }
        return nil
    }

    private func isEqual(_ number: Int, _ bytes: RawSpan, _ range: Range<Int>) -> Bool {
        JSONText.isEqual(bytes, range, texts.span.extracting(self.range(number)))
    }

    @inline(__always)
    private static func place(_ head: UInt64, _ count: Int) -> Int {
        let mixed = (head ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed &>> UInt64(64 - slotBits))
    }

    private static func head(of name: String) -> UInt64 {
        name.utf8.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(56 - 8 * $1.offset) }
    }
}
