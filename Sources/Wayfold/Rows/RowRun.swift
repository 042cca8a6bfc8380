import Glibc
import Projections

/// Rows with their sort keys, in one arena.
struct RowRun {
    private struct Entry {
        /// The first eight bytes of the key, which decide most comparisons.
        var prefix: UInt64
        /// In the arena: first the key, then the row.
        var start: Int
        var keyEnd: Int
        var end: Int
    }

    private var arena: [UInt8] = []
    private var entries: [Entry] = []

    var count: Int { entries.count }
    var byteCount: Int { arena.count + entries.count * MemoryLayout<Entry>.stride }

    mutating func add(_ row: Row, by sort: RowSort) {
        let start = arena.count
        sort.appendKey(of: row, to: &arena)
        let keyEnd = arena.count
        var prefix: UInt64 = 0
        for index in start..<start + 8 { prefix = prefix << 8 | (index < keyEnd ? UInt64(arena[index]) : 0) }
        RowBytes.append(row, to: &arena)
        entries.append(Entry(prefix: prefix, start: start, keyEnd: keyEnd, end: arena.count))
    }

    /// Sorts by the keys, and rows of equal keys as they came.
    mutating func sort() {
        entries = arena.withUnsafeBytes { bytes in
            entries.sorted { a, b in
                if a.prefix != b.prefix { return a.prefix < b.prefix }
                let order = Self.order(bytes[a.start..<a.keyEnd], bytes[b.start..<b.keyEnd])
                return order == 0 ? a.start < b.start : order < 0
            }
        }
    }

    /// Keeps the first rows of the order.
    mutating func cut(to count: Int) {
        sort()
        var kept = RowRun()
        // What came first stands first in the arena.
        for entry in entries.prefix(count).sorted(by: { $0.start < $1.start }) {
            let start = kept.arena.count
            kept.arena += arena[entry.start..<entry.end]
            let shift = start - entry.start
            kept.entries.append(
                Entry(prefix: entry.prefix, start: start, keyEnd: entry.keyEnd + shift, end: entry.end + shift))
        }
        self = kept
    }

    func row(at index: Int, count: Int) -> Row {
        let entry = entries[index]
        return RowBytes.row(arena.span.bytes.extracting(entry.keyEnd..<entry.end), count: count)
    }

    /// Calls `body` with the key and the row of each in their order.
    func forEach(_ body: (_ key: ArraySlice<UInt8>, _ row: ArraySlice<UInt8>) throws -> Void) rethrows {
        for entry in entries { try body(arena[entry.start..<entry.keyEnd], arena[entry.keyEnd..<entry.end]) }
    }

    /// Negative, zero or positive as the first bytes stand before, at or behind the other ones. No key begins another.
    static func order(_ a: Slice<UnsafeRawBufferPointer>, _ b: Slice<UnsafeRawBufferPointer>) -> Int32 {
        let (a, b) = (UnsafeRawBufferPointer(rebasing: a), UnsafeRawBufferPointer(rebasing: b))
        return memcmp(a.baseAddress!, b.baseAddress!, min(a.count, b.count))
    }
}
