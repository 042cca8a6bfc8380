/// Names that are looked for among the members of objects.
public struct JSONNames: Sendable {
    /// A name of at most 16 bytes: its two halves, the first byte lowest, zeros behind a shorter one.
    private struct Row: BitwiseCopyable, Sendable {
        var head: UInt64
        var tail: UInt64
        var count: Int
    }

    private let rows: [Row]

    /// - Parameter names: of 1 to 16 bytes each, in the order in which most objects have them.
    public init(_ names: [String]) {
        rows = names.map { name in
            let bytes = Array(name.utf8)
            precondition((1...16).contains(bytes.count), "a name of 1 to 16 bytes")
            func word(_ bytes: some Sequence<UInt8>) -> UInt64 {
                bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
            }
            return Row(head: word(bytes.prefix(8)), tail: word(bytes.dropFirst(8)), count: bytes.count)
        }
    }

    /// Which of the names a member has; nil for another one, and for one that is written with escapes.
    ///
    /// - Parameter hint: which name is tried first, then those behind it.
    @inline(__always)
    public func index(of name: JSONNode, in tape: JSONTape, from hint: Int) -> Int? {
        let entry = tape.entries[name.index]
        let count = entry.range.count
        if entry.mark || count > 16 { return nil }
        let bytes = tape.bytes.span.bytes
        let head = JSONText.head(bytes, entry.range)
        var row = hint
        for _ in 0..<rows.count {
            if row >= rows.count { row = 0 }
            if rows[row].head == head, rows[row].count == count, rows[row].tail == tail(bytes, entry.range) {
                return row
            }
            row &+= 1
        }
        return nil
    }

    @inline(__always)
    private func tail(_ bytes: RawSpan, _ range: Range<Int>) -> UInt64 {
        range.count <= 8 ? 0 : JSONText.head(bytes, range.lowerBound &+ 8..<range.upperBound)
    }
}
