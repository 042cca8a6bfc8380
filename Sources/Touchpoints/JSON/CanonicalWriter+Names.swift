/// The order of members: by the unescaped bytes of their names; no name stands twice.
extension CanonicalWriter {
    struct Name: BitwiseCopyable, Sendable {
        /// The first eight bytes, the first one highest, zeros behind a shorter name: no name holds a zero character.
        var head: UInt64
        var node: UInt32
        /// In ``KnownNames``, whose numbers stand in the order of the names; 0 for another name.
        var number: UInt16
    }

    /// Beyond that many members they are sorted at the end and not one by one.
    private static let insertedMax = 16

    /// Appends the names of an object in order.
    @inline(__always)
    mutating func sortNames(of node: Int, _ source: Source) {
        let first = names.count
        let end = Int(source.entries[node].next)
        var name = node &+ 1
        while name < end {
            let entry = source.entries[name]
            let new = Name(
                head: Self.head(entry, source.bytes), node: UInt32(truncatingIfNeeded: name), number: entry.number)
            var place = names.count
            names.append(new)
            if place &- first < Self.insertedMax {
                while place > first, Self.precedes(new, names[place &- 1], source) {
                    names[place] = names[place &- 1]
                    place &-= 1
                }
                names[place] = new
            }
            name = Int(source.entries[name &+ 1].next)
        }
        if names.count - first > Self.insertedMax { sortMany(from: first, source) }
    }

    /// With a copy of each name: a closure cannot take the source along.
    @inline(never)
    private mutating func sortMany(from first: Int, _ source: Source) {
        var sorted: [(text: [UInt8], name: Name)] = []
        for i in first..<names.count {
            let name = names[i]
            sorted.append((JSONText.decoded(source.bytes, source.entries[Int(name.node)].range), name))
        }
        sorted.sort {
            $0.name.head != $1.name.head
                ? $0.name.head < $1.name.head : $0.text.lexicographicallyPrecedes($1.text)
        }
        for (i, name) in sorted.map(\.name).enumerated() { names[first + i] = name }
    }

    @inline(__always)
    private static func head(_ entry: JSONTape.Entry, _ bytes: RawSpan) -> UInt64 {
        entry.mark ? headOfEscaped(entry, bytes) : JSONText.head(bytes, entry.range).byteSwapped
    }

    private static func headOfEscaped(_ entry: JSONTape.Entry, _ bytes: RawSpan) -> UInt64 {
        let text = JSONText.decoded(bytes, entry.range)
        return text.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(56 - 8 * $1.offset) }
    }

    @inline(__always)
    private static func precedes(_ a: Name, _ b: Name, _ source: Source) -> Bool {
        if a.number != 0 && b.number != 0 { return a.number < b.number }
        return a.head != b.head ? a.head < b.head : precedesBehindHead(a, b, source)
    }

    @inline(never)
    private static func precedesBehindHead(_ a: Name, _ b: Name, _ source: Source) -> Bool {
        let (left, right) = (source.entries[Int(a.node)], source.entries[Int(b.node)])
        if left.mark || right.mark {
            return JSONText.decoded(source.bytes, left.range)
                .lexicographicallyPrecedes(JSONText.decoded(source.bytes, right.range))
        }
        for i in 0..<min(left.range.count, right.range.count) {
            let x = JSONText.byte(source.bytes, Int(left.start) + i)
            let y = JSONText.byte(source.bytes, Int(right.start) + i)
            if x != y { return x < y }
        }
        return left.range.count < right.range.count
    }
}
