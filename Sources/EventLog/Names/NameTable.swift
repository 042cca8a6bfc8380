import Touchpoints

/// The texts of one dictionary with their dense numbers.
struct NameTable: Sendable {
    /// The number of the first text.
    let first: UInt16
    private(set) var names: [String] = []
    /// The texts as UTF-8, one behind the other, and where each ends.
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]
    /// Open addressing by the hash of a text: its index plus one; 0: the slot is free.
    private var slots: [UInt16] = []
    /// So that nobody outside can know which texts meet in one slot.
    private let seed = UInt64.random(in: 0 ... .max)

    init(first: UInt16 = 1) { self.first = first }

    /// The number that the next new text gets; nil when all 65,535 are given.
    var nextNumber: UInt16? { UInt16(exactly: Int(first) + names.count) }

    func number(of name: String) -> UInt16? { number(of: name.utf8.span.bytes) }

    /// The number of a text as UTF-8; nil for one that has none. O(its bytes).
    func number(of text: RawSpan) -> UInt16? {
        guard !slots.isEmpty else { return nil }
        let slot = slots[place(of: text)]
        return slot == 0 ? nil : first + (slot - 1)
    }

    /// The text of a number; nil for a number that was not given.
    func name(of number: UInt16) -> String? {
        let index = Int(number) - Int(first)
        return names.indices.contains(index) ? names[index] : nil
    }

    /// Notes a text under the next number; false when the number is another or the text is known.
    mutating func add(_ name: String, as number: UInt16) -> Bool {
        guard number == nextNumber, self.number(of: name) == nil else { return false }
        names.append(name)
        bytes += name.utf8
        ends.append(bytes.count)
        if 2 * names.count > slots.count {
            slots = Array(repeating: 0, count: max(16, 2 * slots.count))
            for index in names.indices { slots[place(of: text(index))] = UInt16(index + 1) }
        } else {
            slots[place(of: text(names.count - 1))] = UInt16(names.count)
        }
        return true
    }

    @_lifetime(borrow self)
    private func text(_ index: Int) -> RawSpan { bytes.span.bytes.extracting(ends[index]..<ends[index + 1]) }

    /// Folded multiplications, 8 bytes each (Wang: wyhash, 2019).
    private func hash(_ text: RawSpan) -> Int {
        func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
            let product = a.multipliedFullWidth(by: b)
            return product.high ^ product.low
        }
        var hash = seed ^ UInt64(text.byteCount)
        var at = 0
        while text.byteCount - at >= 8 {
            hash = folded(hash ^ text.integer(at: at), 0xA076_1D64_78BD_642F)
            at += 8
        }
        var rest: UInt64 = 0
        while at < text.byteCount {
            rest = rest << 8 | UInt64(text.integer(at: at, as: UInt8.self))
            at += 1
        }
        return Int(truncatingIfNeeded: folded(hash ^ rest, 0xE703_7ED1_A0B4_28DB))
    }

    /// The slot that holds the text, or the free one where it belongs.
    private func place(of text: RawSpan) -> Int {
        let mask = slots.count - 1
        var slot = hash(text) & mask
        while slots[slot] != 0, !self.text(Int(slots[slot]) - 1).elementsEqual(text) { slot = (slot + 1) & mask }
        return slot
    }
}

extension NameTable: Equatable {
    static func == (a: NameTable, b: NameTable) -> Bool { a.first == b.first && a.names == b.names }
}
