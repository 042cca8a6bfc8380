import Touchpoints

/// Two types of touchpoints, one right after the other.
struct Edge: Hashable, Comparable, Sendable, BitwiseCopyable {
    var from: EventType
    var to: EventType

    /// Both numbers in 32 bits, in the order of (from, to).
    @inline(__always)
    var packed: UInt64 { UInt64(from.rawValue) << 16 | UInt64(to.rawValue) }

    static func < (a: Edge, b: Edge) -> Bool { a.packed < b.packed }
}

extension Edge {
    init(packed: UInt64) {
        from = EventType(rawValue: UInt16(truncatingIfNeeded: packed >> 16))
        to = EventType(rawValue: UInt16(truncatingIfNeeded: packed))
    }
}
