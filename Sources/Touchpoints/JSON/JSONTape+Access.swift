/// What a value is.
extension JSONTape {
    public func kind(of node: JSONNode) -> JSONKind { entries[node.index].kind }

    /// The text of a string, unescaped; nil for anything else.
    public func text(of node: JSONNode) -> String? {
        let entry = entries[node.index]
        guard entry.kind == .string else { return nil }
        if !entry.mark { return String(decoding: bytes[entry.range], as: UTF8.self) }
        return String(decoding: JSONText.decoded(bytes.span.bytes, entry.range), as: UTF8.self)
    }

    /// The text of a string, unescaped, as UTF-8; of anything else what was written.
    public func utf8(of node: JSONNode) -> [UInt8] {
        let entry = entries[node.index]
        let isEscaped = entry.kind == .string && entry.mark
        return isEscaped ? JSONText.decoded(bytes.span.bytes, entry.range) : Array(bytes[entry.range])
    }

    /// Appends the text of a string, unescaped, as UTF-8; of anything else what was written.
    @inline(__always)
    public func appendText(of node: JSONNode, to text: inout ByteBuffer) {
        let entry = entries[node.index]
        if entry.kind == .string && entry.mark {
            text.append(JSONText.decoded(bytes.span.bytes, entry.range))
        } else {
            text.append(roomy: bytes.span.bytes, entry.range)
        }
    }

    /// Whether the value is the string `text`. Allocates only where there are escapes.
    public func isText(_ node: JSONNode, _ text: String) -> Bool {
        let entry = entries[node.index]
        guard entry.kind == .string else { return false }
        if !entry.mark { return JSONText.isEqual(bytes.span.bytes, entry.range, text.utf8.span) }
        return JSONText.decoded(bytes.span.bytes, entry.range).elementsEqual(text.utf8)
    }

    /// A number that is written as an integer and fits; nil for anything else (`1.0`, `1e3`, `"1"`).
    public func integer(of node: JSONNode) -> Int64? {
        let entry = entries[node.index]
        guard entry.kind == .number, entry.mark else { return nil }
        return JSONText.integer(bytes.span.bytes, entry.range)
    }

    /// `true` or `false`; nil for anything else.
    public func flag(of node: JSONNode) -> Bool? {
        let entry = entries[node.index]
        guard entry.kind == .boolean else { return nil }
        return bytes[Int(entry.start)] == UInt8(ascii: "t")
    }

    /// The value as it was written: a number's digits, a string with its quotes and escapes.
    public func written(_ node: JSONNode) -> ArraySlice<UInt8> { bytes[writtenRange(of: node)] }

    /// Where the value stands in the text, in bytes.
    public func writtenRange(of node: JSONNode) -> Range<Int> {
        let entry = entries[node.index]
        return entry.kind == .string ? Int(entry.start) - 1..<Int(entry.end) + 1 : entry.range
    }
}

extension JSONTape {
    /// The number of a member's name in ``KnownNames``; 0 for others, and for one that is written with escapes.
    @inline(__always)
    public func number(ofName node: JSONNode) -> UInt16 { entries[node.index].number }
}

/// What is in a value.
extension JSONTape {
    /// The value of the member with that name; nil if the node is no object or has none. O(members).
    public func member(_ name: String, of node: JSONNode) -> JSONNode? {
        for member in members(of: node) where isText(member.name, name) { return member.value }
        return nil
    }

    /// The members of an object in the order of the text; none for anything else.
    public func members(of node: JSONNode) -> Members {
        let entry = entries[node.index]
        return Members(tape: self, at: node.index + 1, end: entry.kind == .object ? Int(entry.next) : 0)
    }

    /// The elements of an array in order; none for anything else.
    public func elements(of node: JSONNode) -> Elements {
        let entry = entries[node.index]
        return Elements(tape: self, at: node.index + 1, end: entry.kind == .array ? Int(entry.next) : 0)
    }

    /// How many members an object or elements an array has; 0 for anything else. O(members).
    public func count(of node: JSONNode) -> Int {
        var count = 0
        for _ in members(of: node) { count += 1 }
        for _ in elements(of: node) { count += 1 }
        return count
    }

    /// The node behind this one and all that is in it.
    public func next(after node: JSONNode) -> JSONNode { JSONNode(index: Int(entries[node.index].next)) }

    /// The members of one object.
    public struct Members: Sequence, IteratorProtocol {
        let tape: JSONTape
        var at: Int
        let end: Int

        public mutating func next() -> (name: JSONNode, value: JSONNode)? {
            guard at < end else { return nil }
            let name = JSONNode(index: at)
            at = Int(tape.entries[at + 1].next)
            return (name, JSONNode(index: name.index + 1))
        }
    }

    /// The elements of one array.
    public struct Elements: Sequence, IteratorProtocol {
        let tape: JSONTape
        var at: Int
        let end: Int

        public mutating func next() -> JSONNode? {
            guard at < end else { return nil }
            defer { at = Int(tape.entries[at].next) }
            return JSONNode(index: at)
        }
    }
}
