import Digests

/// The address of one total: a table of the projector's choice and a key of 128 bits in it.
///
/// Tables are small constants of the projector. Cells are listed in the order of (table, a, b).
public struct Cell: Hashable, Comparable, Sendable, BitwiseCopyable {
    public var table: UInt8
    public var a: UInt64
    public var b: UInt64

    @inlinable public init(_ table: UInt8, _ a: UInt64 = 0, _ b: UInt64 = 0) {
        self.table = table
        self.a = a
        self.b = b
    }

    @inlinable public static func < (x: Cell, y: Cell) -> Bool {
        if x.table != y.table { return x.table < y.table }
        if x.a != y.a { return x.a < y.a }
        return x.b < y.b
    }

    /// The same bits for the same numbers everywhere; mixing is by multiplication, good enough for open addressing.
    @inlinable var mixed: UInt64 {
        var h = a &+ UInt64(table) &* 0x9E37_79B9_7F4A_7C15
        h = (h ^ (h >> 32)) &* 0xD6E8_FEB8_6659_FD93
        h ^= b
        h = (h ^ (h >> 29)) &* 0xBF58_476D_1CE4_E5B9
        return h ^ (h >> 32)
    }
}

/// The reason for which a step acted, by its name in the view's rules (`order-placed`, `lot-expired`).
public struct Rule: Hashable, Sendable {
    public let name: StaticString
    /// The paths of the values in the policy that it goes by, as `wayfold policy diff` names them (`loyalty.earn`).
    public let policyPaths: [String]

    public init(_ name: StaticString, by policyPaths: [String] = []) {
        self.name = name
        self.policyPaths = policyPaths
    }

    /// Rules are told apart by their names.
    public static func == (a: Rule, b: Rule) -> Bool { a.name.description == b.name.description }
    public func hash(into hasher: inout Hasher) { hasher.combine(name.description) }
}

extension Cell {
    /// The cell that a text addresses: its key is the text's SipHash-2-4-128 under a key of zeros.
    init(labelled label: RawSpan, in table: UInt8) {
        let hash = SipHash128.hash(label, key: Self.labelKey)
        self.init(table, hash.high, hash.low)
    }

    init(labelled label: [UInt8], in table: UInt8) { self.init(labelled: label.span.bytes, in: table) }

    private static let labelKey = SipHashKey(bytes: [UInt8](repeating: 0, count: 16))!
}
