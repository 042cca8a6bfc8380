/// Writes values in canonical JSON (see ``CanonicalJSON``), and notes where some of the values in them came to stand.
///
/// Keep one and use it again: it holds scratch memory only.
public struct CanonicalWriter: Sendable {
    /// Where each noted value stands in the output, in the order in which they were given.
    public private(set) var places: [Range<Int>] = []

    /// What to take away so that the noted values are gone.
    private var cuts: [Cut] = []
    /// The names of the objects that are being written, each object's in order behind those of the one around it.
    var names: [Name] = []
    /// The names written that have a number.
    private var numbered: [NumberedName] = []
    private var start = 0

    private struct NumberedName: Sendable {
        /// With its quotes and the colon behind.
        var range: Range<Int>
        var number: Int
    }

    private struct Cut: Sendable {
        var range: Range<Int>
        /// Of an array the element gives way to `null`, so that the indexes of the others hold.
        var isElement: Bool
    }

    public init() {}

    /// Appends a value. O(its text; objects of many members n log n).
    ///
    /// - Parameter noted: nodes in it, in ascending order, none inside another.
    public mutating func write(
        _ node: JSONNode, of tape: JSONTape, noting noted: [JSONNode] = [], to output: inout ByteBuffer
    ) {
        start = output.count
        if !cuts.isEmpty { cuts.removeAll(keepingCapacity: true) }
        if !numbered.isEmpty { numbered.removeAll(keepingCapacity: true) }
        if places.count != noted.count { places = [Range<Int>](repeating: 0..<0, count: noted.count) }
        let source = Source(entries: tape.entries.span, bytes: tape.bytes.span.bytes, noted: noted.span)
        output.write(atMost: tape.writtenRange(of: node).count) { value(node.index, source, &$0) }
        let whole = start..<output.count
        if source.index(of: node.index) != nil { note(0, whole, cut: whole) }
    }

    /// Appends what was written last, but for the noted values: a member goes with its name, an element becomes `null`.
    ///
    /// - Parameter output: what ``write(_:of:noting:to:)`` appended to, with nothing behind.
    public func appendRest(of output: ByteBuffer, to rest: inout ByteBuffer) {
        var kept = start
        for cut in cuts {
            rest.append(output, kept..<cut.range.lowerBound)
            if cut.isElement { rest.append("null".utf8) }
            kept = cut.range.upperBound
        }
        rest.append(output, kept..<output.count)
    }

    /// The same as it is stored: with numbers in the place of the names that have one (see ``StoredNames``).
    public func appendStoredRest(of output: ByteBuffer, to rest: inout ByteBuffer) {
        var kept = start
        var next = 0
        for cut in cuts {
            appendStored(kept..<cut.range.lowerBound, of: output, from: &next, to: &rest)
            if cut.isElement { rest.append("null".utf8) }
            kept = cut.range.upperBound
        }
        appendStored(kept..<output.count, of: output, from: &next, to: &rest)
    }

    /// - Parameter next: the first of the numbered names that may lie in the piece.
    private func appendStored(
        _ piece: Range<Int>, of output: borrowing ByteBuffer, from next: inout Int, to rest: inout ByteBuffer
    ) {
        var kept = piece.lowerBound
        while next < numbered.count, numbered[next].range.lowerBound < piece.upperBound {
            let name = numbered[next]
            next &+= 1
            if name.range.lowerBound < kept { continue }  // it was cut away
            rest.append(output, kept..<name.range.lowerBound)
            StoredNames.append(name.number, to: &rest)
            kept = name.range.upperBound
        }
        rest.append(output, kept..<piece.upperBound)
    }
}

extension CanonicalWriter {
    /// A scanned text, and the values in it that are noted.
    struct Source: ~Escapable {
        let entries: Span<JSONTape.Entry>
        let bytes: RawSpan
        let noted: Span<JSONNode>

        @_lifetime(copy entries, copy bytes, copy noted)
        init(entries: Span<JSONTape.Entry>, bytes: RawSpan, noted: Span<JSONNode>) {
            self.entries = entries
            self.bytes = bytes
            self.noted = noted
        }

        /// Which of the noted nodes this one is.
        @inline(__always)
        func index(of node: Int) -> Int? {
            var i = 0
            while i < noted.count {
                if noted[i].index == node { return i }
                i &+= 1
            }
            return nil
        }
    }

    @inline(__always)
    private mutating func value(_ node: Int, _ source: Source, _ out: inout ByteOutput) {
        let entry = source.entries[node]
        switch entry.kind {
        case .object: object(node, source, &out)
        case .array: array(node, source, &out)
        case .string: string(entry, source, &out)
        default: out.append(source.bytes, entry.range)
        }
    }

    private mutating func object(_ node: Int, _ source: Source, _ out: inout ByteOutput) {
        let first = names.count
        sortNames(of: node, source)
        let end = names.count
        var hasKept = false
        out.append(UInt8(ascii: "{"))
        for i in first..<end {
            let name = Int(names[i].node)
            let comma = out.at
            if i > first { out.append(UInt8(ascii: ",")) }
            let begin = out.at
            let entry = source.entries[name]
            string(entry, source, &out)
            out.append(UInt8(ascii: ":"))
            let place = out.at
            if !entry.mark, let number = StoredNames.table.number(of: names[i].head, source.bytes, entry.range) {
                numbered.append(NumberedName(range: begin..<place, number: number))
            }
            value(name &+ 1, source, &out)
            guard let index = source.index(of: name &+ 1) else {
                hasKept = true
                continue
            }
            // A member goes with the comma before it, or with the one behind it while none was kept.
            let isLast = i &+ 1 == end
            note(index, place..<out.at, cut: hasKept ? comma..<out.at : begin..<(isLast ? out.at : out.at &+ 1))
        }
        out.append(UInt8(ascii: "}"))
        names.removeLast(end &- first)
    }

    private mutating func array(_ node: Int, _ source: Source, _ out: inout ByteOutput) {
        out.append(UInt8(ascii: "["))
        var element = node &+ 1
        let end = Int(source.entries[node].next)
        while element < end {
            if element != node &+ 1 { out.append(UInt8(ascii: ",")) }
            let place = out.at
            value(element, source, &out)
            if let index = source.index(of: element) {
                note(index, place..<out.at, cut: place..<out.at, isElement: true)
            }
            element = Int(source.entries[element].next)
        }
        out.append(UInt8(ascii: "]"))
    }

    private mutating func note(_ index: Int, _ place: Range<Int>, cut: Range<Int>, isElement: Bool = false) {
        places[index] = place
        cuts.append(Cut(range: cut, isElement: isElement))
    }

    @inline(__always)
    private func string(_ entry: JSONTape.Entry, _ source: Source, _ out: inout ByteOutput) {
        if !entry.mark { return out.append(source.bytes, entry.range.lowerBound &- 1..<entry.range.upperBound &+ 1) }
        var text: [UInt8] = []
        text.reserveCapacity(entry.range.count + 2)
        CanonicalJSON.append(string: JSONText.decoded(source.bytes, entry.range), to: &text)
        out.append(text)
    }
}
