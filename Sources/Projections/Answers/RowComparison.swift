import Digests

/// Which rows of a part are other rows than in another answer, told by their keys.
///
/// Keeps hashes, no rows: about 100 bytes for each row of both answers while it is made. Rows with the same key (which
/// people of the same name can have) count as one thing: they change together.
struct RowComparison {
    typealias Rows = ((Row) throws -> Void) throws -> Void

    private let key: [Int]
    /// The keys of rows that are new or other than before.
    private(set) var changed: Set<SipHash128.Value> = []
    /// The keys of rows that are no more.
    private(set) var gone: Set<SipHash128.Value> = []

    /// Reads all rows of both answers once.
    init(key: [Int], before: Rows, after: Rows) throws {
        self.key = key
        let old = try Self.hashes(key, before)
        let new = try Self.hashes(key, after)
        for (hash, rows) in new where old[hash] != rows { changed.insert(hash) }
        for hash in old.keys where new[hash] == nil { gone.insert(hash) }
    }

    func hash(of row: Row) -> SipHash128.Value { Self.hash(of: key.lazy.map { row[$0] }) }

    /// By key the hash of all rows that have it, in their order.
    private static func hashes(_ key: [Int], _ rows: Rows) throws -> [SipHash128.Value: SipHash128.Value] {
        var hashes: [SipHash128.Value: SipHash128.Value] = [:]
        try rows { row in
            let key = hash(of: key.lazy.map { row[$0] })
            let others = hashes[key]
            hashes[key] = hash(of: row, behind: others)
        }
        return hashes
    }

    private static func hash(of values: some Sequence<Value>, behind other: SipHash128.Value? = nil) -> SipHash128.Value
    {
        var writer = ByteWriter()
        if let other {
            writer.writeFixed(other.high)
            writer.writeFixed(other.low)
        }
        for value in values { value.encode(into: &writer) }
        return SipHash128.hash(writer.bytes, key: Self.sipKey)
    }

    private static let sipKey = SipHashKey(bytes: [UInt8](repeating: 0, count: 16))!
}

extension Value {
    /// The value in bytes, others for every other value.
    fileprivate func encode(into writer: inout ByteWriter) {
        switch self {
        case .null: writer.write(0)
        case .text(let text):
            writer.write(1)
            writer.write(Array(text.utf8))
        case .integer(let number):
            writer.write(2)
            writer.write(number)
        case .decimal(let units, let scale):
            writer.write(3)
            writer.writeFixed(UInt64(truncatingIfNeeded: units))
            writer.writeFixed(UInt64(truncatingIfNeeded: units >> 64))
            writer.write(scale)
        case .number(let number):
            writer.write(4)
            writer.writeFixed(number.bitPattern)
        case .time(let time):
            writer.write(5)
            writer.write(time)
        case .day(let day):
            writer.write(6)
            writer.write(Array(day.description.utf8))
        case .flag(let flag):
            writer.write(7)
            writer.write(flag)
        }
    }
}
