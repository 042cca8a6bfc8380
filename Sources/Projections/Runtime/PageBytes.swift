import Digests
import Touchpoints

/// A page of slots as bytes: the earliest wake-up of its customers, where each slot ends, the slots.
///
/// ```
/// earliest 8 | 128 times: end of what the view says 4, end of the slot 4 | slots: what the view says, what it needs to go on
/// ```
///
/// Ends count from the first slot on; a customer that the view does not know has a slot of no bytes. So one customer is
/// read without the others, and digests are made without reading any.
enum PageBytes<State: ViewState> {
    private static var slotCount: Int { PageTable<State>.pageSize }
    private static var directoryStart: Int { 8 }
    private static var slotsStart: Int { directoryStart + 8 * slotCount }

    /// - Parameter writer: room that is used again from page to page.
    static func encode(_ slots: [Slot<State>], earliest: Timestamp, in writer: inout ByteWriter) -> [UInt8] {
        writer.removeAll()
        writer.writeFixed(UInt64(bitPattern: earliest.rawValue))
        for _ in 0..<slotCount { writer.writeFixed(0) }
        for index in slots.indices {
            var middle = writer.count
            if slots[index].isPresent {
                slots[index].encodeView(into: &writer)
                middle = writer.count
                slots[index].encodeRest(into: &writer)
            }
            let ends = UInt64(middle - slotsStart) | UInt64(writer.count - slotsStart) << 32
            writer.setFixed(ends, at: directoryStart + 8 * index)
        }
        return writer.bytes
    }

    static func decode(_ bytes: RawSpan) throws -> [Slot<State>] {
        var slots: [Slot<State>] = []
        slots.reserveCapacity(slotCount)
        for index in 0..<slotCount { slots.append(try decode(index, of: bytes)) }
        return slots
    }

    /// One slot. O(its bytes).
    static func decode(_ index: Int, of bytes: RawSpan) throws -> Slot<State> {
        let (start, middle, end) = try ends(of: index, in: bytes)
        guard start < end else { return Slot() }
        var slot = Slot<State>()
        var view = ByteReader(bytes.extracting(start..<middle))
        try slot.readView(&view)
        var rest = ByteReader(bytes.extracting(middle..<end))
        try slot.readRest(&rest)
        guard view.remaining == 0, rest.remaining == 0 else { throw StateError("a slot is longer than what it holds") }
        return slot
    }

    /// SHA-256 over what the view says of each customer; nil where it knows none of the page.
    ///
    /// - Parameter number: the page's.
    static func digest(_ bytes: RawSpan, number: Int) throws -> Digest256? {
        var hash = SHA256()
        var writer = ByteWriter()
        var isEmpty = true
        for index in 0..<slotCount {
            let (start, middle, end) = try ends(of: index, in: bytes)
            guard start < end else { continue }
            isEmpty = false
            writer.removeAll()
            writer.writeFixed(UInt64(number * slotCount + index))
            writer.writeFixed(UInt64(middle - start))
            hash.update(writer.written)
            hash.update(bytes.extracting(start..<middle))
        }
        return isEmpty ? nil : hash.finish()
    }

    private static func ends(of index: Int, in bytes: RawSpan) throws -> (start: Int, middle: Int, end: Int) {
        guard bytes.byteCount >= slotsStart else { throw StateError("a page ends before its slots") }
        func word(_ index: Int) -> UInt64 {
            UInt64(
                littleEndian: unsafe bytes.unsafeLoadUnaligned(
                    fromByteOffset: directoryStart + 8 * index, as: UInt64.self))
        }
        let start = slotsStart + (index == 0 ? 0 : Int(word(index - 1) >> 32))
        let middle = slotsStart + Int(word(index) & 0xFFFF_FFFF)
        let end = slotsStart + Int(word(index) >> 32)
        guard start <= middle, middle <= end, end <= bytes.byteCount else {
            throw StateError("the slots of a page lie outside it")
        }
        return (start, middle, end)
    }
}
