/// Writes values in canonical JSON (see ``CanonicalJSON``), notes where some of the values in them came to stand, and
/// writes beside it what is left without these, as it is stored (see ``StoredNames``).
///
/// Keep one and use it again: it holds scratch memory only.
public struct CanonicalWriter: ~Copyable, Sendable {
    /// Where each noted value stands in the output, in the order in which they were given.
    public private(set) var places: [Range<Int>] = []

    /// The names of the objects that are being written, each object's in order behind those of the one around it.
    var names = Scratch<Name>()

    public init() {}

    /// Appends a value to `whole`, and to `rest` the same as it is stored, but for the noted values: a member goes with its
    /// name, an element becomes `null`. O(its text; objects of many members n log n).
    ///
    /// - Parameter noted: nodes in it, in ascending order, none inside another.
    public mutating func write(
        _ node: JSONNode, of tape: JSONTape, noting noted: [JSONNode] = [], to whole: inout ByteBuffer,
        rest: inout ByteBuffer
    ) {
        if places.count != noted.count { places = [Range<Int>](repeating: 0..<0, count: noted.count) }
        let source = Source(tape, noted: noted)
        if source.index(of: node.index) != nil {
            places[0] = hidden(node.index, source, &whole)
        } else {
            value(node.index, source, &whole, &rest)
        }
    }

    /// Appends a value.
    mutating func write(_ node: JSONNode, of tape: JSONTape, to whole: inout ByteBuffer) {
        let nothing: [JSONNode] = []
        _ = hidden(node.index, Source(tape, noted: nothing), &whole)
    }
}

extension CanonicalWriter {
    /// A scanned text, and the values in it that are noted.
    struct Source: ~Escapable {
        let entries: Span<JSONTape.Entry>
        let bytes: RawSpan
        let noted: Span<JSONNode>

        @_lifetime(borrow tape, borrow noted)
        init(_ tape: borrowing JSONTape, noted: borrowing [JSONNode]) {
            entries = tape.entries.span
            bytes = tape.bytes.span.bytes
            self.noted = noted.span
        }

        /// Which of the noted nodes this one is.
        @inline(__always)
        func index(of node: Int) -> Int? {
            var (low, high) = (0, noted.count)
            while low < high {
                let middle = (low &+ high) &>> 1
                if noted[middle].index < node { low = middle &+ 1 } else { high = middle }
            }
            return low < noted.count && noted[low].index == node ? low : nil
        }
    }

    @inline(__always)
    private mutating func value(
        _ node: Int, _ source: Source, _ whole: inout ByteBuffer, _ rest: inout ByteBuffer
    ) {
        let entry = source.entries[node]
        switch entry.kind {
        case .object: object(node, source, &whole, &rest)
        case .array: array(node, source, &whole, &rest)
        default:
            let start = whole.count
            Self.scalar(entry, source, &whole)
            rest.append(whole, start..<whole.count)
        }
    }

    private mutating func object(
        _ node: Int, _ source: Source, _ whole: inout ByteBuffer, _ rest: inout ByteBuffer
    ) {
        let first = names.count
        sortNames(of: node, source)
        let end = names.count
        let storedNumbers = KnownNames.storedNumbers
        whole.append(UInt8(ascii: "{"))
        rest.append(UInt8(ascii: "{"))
        let empty = rest.count
        for i in first..<end {
            if i > first { whole.append(UInt8(ascii: ",")) }
            let name = Int(names[i].node)
            let start = whole.count
            let entry = source.entries[name]
            Self.scalar(entry, source, &whole)
            whole.append(UInt8(ascii: ":"))
            if let index = source.index(of: name &+ 1) {
                places[index] = hidden(name &+ 1, source, &whole)
                continue
            }
            if rest.count > empty { rest.append(UInt8(ascii: ",")) }
            let number = Int(storedNumbers[Int(entry.number)])
            if number > 0 {
                StoredNames.append(number &- 1, to: &rest)
            } else {
                rest.append(whole, start..<whole.count)
            }
            value(name &+ 1, source, &whole, &rest)
        }
        whole.append(UInt8(ascii: "}"))
        rest.append(UInt8(ascii: "}"))
        names.removeLast(end &- first)
    }

    private mutating func array(
        _ node: Int, _ source: Source, _ whole: inout ByteBuffer, _ rest: inout ByteBuffer
    ) {
        whole.append(UInt8(ascii: "["))
        rest.append(UInt8(ascii: "["))
        var element = node &+ 1
        let end = Int(source.entries[node].next)
        while element < end {
            if element != node &+ 1 {
                whole.append(UInt8(ascii: ","))
                rest.append(UInt8(ascii: ","))
            }
            if let index = source.index(of: element) {
                places[index] = hidden(element, source, &whole)
                // So that the indexes of the others hold.
                rest.append("null".utf8)
            } else {
                value(element, source, &whole, &rest)
            }
            element = Int(source.entries[element].next)
        }
        whole.append(UInt8(ascii: "]"))
        rest.append(UInt8(ascii: "]"))
    }

    /// A value of which nothing is left; where it stands.
    private mutating func hidden(_ node: Int, _ source: Source, _ whole: inout ByteBuffer) -> Range<Int> {
        let start = whole.count
        let entry = source.entries[node]
        switch entry.kind {
        case .object:
            let first = names.count
            sortNames(of: node, source)
            let end = names.count
            whole.append(UInt8(ascii: "{"))
            for i in first..<end {
                if i > first { whole.append(UInt8(ascii: ",")) }
                let name = Int(names[i].node)
                Self.scalar(source.entries[name], source, &whole)
                whole.append(UInt8(ascii: ":"))
                _ = hidden(name &+ 1, source, &whole)
            }
            whole.append(UInt8(ascii: "}"))
            names.removeLast(end &- first)
        case .array:
            whole.append(UInt8(ascii: "["))
            var element = node &+ 1
            while element < Int(entry.next) {
                if element != node &+ 1 { whole.append(UInt8(ascii: ",")) }
                _ = hidden(element, source, &whole)
                element = Int(source.entries[element].next)
            }
            whole.append(UInt8(ascii: "]"))
        default: Self.scalar(entry, source, &whole)
        }
        return start..<whole.count
    }

    /// A string, a number or a word.
    @inline(__always)
    private static func scalar(_ entry: JSONTape.Entry, _ source: Source, _ whole: inout ByteBuffer) {
        guard entry.kind == .string else { return whole.append(roomy: source.bytes, entry.range) }
        if !entry.mark {
            return whole.append(roomy: source.bytes, entry.range.lowerBound &- 1..<entry.range.upperBound &+ 1)
        }
        var text: [UInt8] = []
        text.reserveCapacity(entry.range.count + 2)
        CanonicalJSON.append(string: JSONText.decoded(source.bytes, entry.range), to: &text)
        whole.append(text)
    }
}
