/// Finds the number of a name among some names that are known, of 8 to 24 bytes each.
struct TypeNameTable: Sendable {
    /// A name as three words that together hold all of its bytes.
    private struct Key: BitwiseCopyable, Sendable, Equatable {
        var first: UInt64
        var middle: UInt64
        var last: UInt64
        var count: Int

        /// nil for a name that is shorter or longer.
        init?(_ name: RawSpan) {
            count = name.byteCount
            guard count >= 8 && count <= 24 else { return nil }
            first = unsafe name.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self)
            last = unsafe name.unsafeLoadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            middle = count < 16 ? last : unsafe name.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self)
        }

        var slot: Int {
            let mixed = (first &* 0x9E37_79B9_7F4A_7C15) ^ (last &* 0xC2B2_AE3D_27D4_EB4F) &+ middle
            return Int((mixed &* 0x1656_67B1_9E37_79F9) &>> 55)
        }
    }

    private var keys: [Key] = []
    /// Open addressing: for each slot the number of a name, 0 where there is none. There are 512, most of them empty.
    private var slots = [UInt16](repeating: 0, count: 512)

    /// - Parameter names: fewer than 256.
    init(_ names: [String]) {
        precondition(names.count < 256, "at most half of the slots are taken")
        for (index, name) in names.enumerated() {
            guard let key = Key(name.utf8Span.span.bytes) else { preconditionFailure("\(name) has 8 to 24 bytes") }
            keys.append(key)
            var slot = key.slot
            while slots[slot] != 0 { slot = (slot + 1) & 511 }
            slots[slot] = UInt16(index + 1)
        }
    }

    /// The number of a name, from 1 on in the order in which they were given; 0 for an unknown one.
    func number(of name: Span<UInt8>) -> UInt16 {
        guard let key = Key(name.bytes) else { return 0 }
        var slot = key.slot
        while slots[slot] != 0 {
            if keys[Int(slots[slot]) - 1] == key { return slots[slot] }
            slot = (slot + 1) & 511
        }
        return 0
    }
}
