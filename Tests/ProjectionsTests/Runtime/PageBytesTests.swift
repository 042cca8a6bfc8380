import Testing
import Touchpoints

@testable import Projections

struct PageBytesTests {
    private typealias Bytes = PageBytes<Tally.State>

    @Test func `each slot comes back, by itself and with all others`() throws {
        let slots = Self.slots { $0.base = Self.state(7) }
        let bytes = Self.bytes(of: slots)
        let all = try Bytes.decode(bytes.span.bytes)
        #expect(all.count == slots.count)
        for index in slots.indices {
            let one = try Bytes.decode(index, of: bytes.span.bytes)
            for slot in [all[index], one] {
                #expect(slot.isPresent == slots[index].isPresent)
                #expect(slot.key == slots[index].key)
                #expect(slot.state == slots[index].state)
                #expect(slot.base == slots[index].base)
                #expect(slot.sinceSnapshot == slots[index].sinceSnapshot)
                #expect(slot.isQuiet == slots[index].isQuiet)
            }
        }
    }

    @Test func `a digest is over what the view says, and over whom`() throws {
        let slots = Self.slots()
        let digest = try Self.digest(slots)
        #expect(digest != nil)
        #expect(
            try Self.digest(Self.slots { ($0.sinceSnapshot, $0.isQuiet, $0.base) = (9, true, Self.state(1)) }) == digest
        )
        #expect(try Self.digest(slots, number: 4) != digest)
        #expect(try Self.digest(Self.slots { $0.state.count += 1 }) != digest)
        #expect(try Self.digest(Self.slots { $0.poisoned = 1 }) != digest)
        #expect(try Self.digest(Self.slots { $0.key.position = Position(99) }) != digest)
        var moved = slots
        moved.swapAt(2, 3)
        #expect(try Self.digest(moved) != digest)
        #expect(try Self.digest(Array(repeating: Slot(), count: slots.count)) == nil)
    }

    @Test func `no byte of the directory and no missing byte is taken for a page`() throws {
        let bytes = Self.bytes(of: Self.slots())
        for end in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: StateError.self) { try Bytes.decode(Array(bytes[..<end]).span.bytes) }
        }
        for offset in 8..<8 + 8 * PageTable<Tally.State>.pageSize {
            var damaged = bytes
            damaged[offset] ^= 0x81
            #expect(throws: StateError.self, "byte \(offset)") { try Bytes.decode(damaged.span.bytes) }
        }
    }

    /// Every second customer is there.
    private static func slots(_ change: (inout Slot<Tally.State>) -> Void = { _ in }) -> [Slot<Tally.State>] {
        (0..<PageTable<Tally.State>.pageSize).map { index in
            var slot = Slot<Tally.State>()
            guard index.isMultiple(of: 2) else { return slot }
            slot.key = FoldKey(
                time: Timestamp(microseconds: Int64(index)), sequence: -3, position: Position(UInt64(index) + 1))
            slot.state = state(Int64(index))
            change(&slot)
            return slot
        }
    }

    private static func state(_ count: Int64) -> Tally.State {
        var state = Tally.State()
        (state.count, state.hash) = (count, UInt64(count) << 40)
        return state
    }

    private static func bytes(of slots: [Slot<Tally.State>]) -> [UInt8] {
        var writer = ByteWriter()
        return Bytes.encode(slots, earliest: .distantFuture, in: &writer)
    }

    private static func digest(_ slots: [Slot<Tally.State>], number: Int = 3) throws -> String? {
        let bytes = bytes(of: slots)
        return try Bytes.digest(bytes.span.bytes, number: number).map { "\($0)" }
    }
}
