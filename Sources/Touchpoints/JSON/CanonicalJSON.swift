/// Writes JSON in the one form that hashes and stored data use.
///
/// Members are sorted by the UTF-8 bytes of their unescaped names, strings have only the escapes that they need
/// (`\"`, `\\`, `\b \t \n \f \r`, other control characters as `\u00xx`), numbers are exactly as they were written,
/// and there is no white space. (RFC 8785 sorts by UTF-16 and rewrites numbers; money and ids must not be.)
public enum CanonicalJSON {
    /// Appends a value.
    ///
    /// - Parameter omitted: nodes that are left out, in ascending order: a member with its name, of an array the
    ///   element gives way to `null` so that the indexes of the others hold. The value itself left out gives nothing.
    public static func append(
        _ node: JSONNode, of tape: JSONTape, omitting omitted: [JSONNode] = [], to output: inout [UInt8]
    ) {
        if omitted.isEmpty || !contains(omitted, node) { write(node, tape, omitted, &output) }
    }

    /// The canonical form of a value.
    public static func bytes(_ node: JSONNode, of tape: JSONTape, omitting omitted: [JSONNode] = []) -> [UInt8] {
        var output: [UInt8] = []
        append(node, of: tape, omitting: omitted, to: &output)
        return output
    }

    /// Appends a text as a JSON string.
    public static func append(string text: some Sequence<UInt8>, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): output += "\\\"".utf8
            case UInt8(ascii: "\\"): output += "\\\\".utf8
            case 0x08: output += "\\b".utf8
            case 0x09: output += "\\t".utf8
            case 0x0A: output += "\\n".utf8
            case 0x0C: output += "\\f".utf8
            case 0x0D: output += "\\r".utf8
            case 0..<0x20:
                output += "\\u00".utf8
                output.append(hexDigit(byte >> 4))
                output.append(hexDigit(byte & 15))
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func write(_ node: JSONNode, _ tape: JSONTape, _ omitted: [JSONNode], _ output: inout [UInt8]) {
        switch tape.kind(of: node) {
        case .object: writeObject(node, tape, omitted, &output)
        case .array:
            output.append(UInt8(ascii: "["))
            var element = JSONNode(index: node.index + 1)
            let end = tape.next(after: node)
            while element < end {
                defer { element = tape.next(after: element) }
                if element.index != node.index + 1 { output.append(UInt8(ascii: ",")) }
                if contains(omitted, element) {
                    output += "null".utf8
                } else {
                    write(element, tape, omitted, &output)
                }
            }
            output.append(UInt8(ascii: "]"))
        case .string where tape.entries[node.index].mark:
            append(string: JSONText.decoded(tape.bytes.span.bytes, tape.entries[node.index].range), to: &output)
        default: output.append(contentsOf: tape.written(node))
        }
    }

    private static func writeObject(
        _ node: JSONNode, _ tape: JSONTape, _ omitted: [JSONNode], _ output: inout [UInt8]
    ) {
        output.append(UInt8(ascii: "{"))
        var isFirst = true
        func writeMember(_ name: JSONNode) {
            let value = JSONNode(index: name.index + 1)
            if contains(omitted, value) { return }
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            write(name, tape, [], &output)
            output.append(UInt8(ascii: ":"))
            write(value, tape, omitted, &output)
        }
        if tape.hasFewMembers(node) {
            var last: JSONNode?
            while let name = tape.nextName(of: node, after: last) {
                writeMember(name)
                last = name
            }
        } else {
            for name in tape.sortedNames(of: node) { writeMember(name) }
        }
        output.append(UInt8(ascii: "}"))
    }

    private static func contains(_ omitted: [JSONNode], _ node: JSONNode) -> Bool {
        guard let last = omitted.last, node <= last else { return false }
        var (low, high) = (0, omitted.count)
        while low < high {
            let middle = (low + high) / 2
            if omitted[middle] < node { low = middle + 1 } else { high = middle }
        }
        return omitted[low] == node
    }
}

/// Names in the order of their unescaped bytes; no name stands twice.
extension JSONTape {
    /// Whether ``nextName(of:after:)`` for each is quicker than sorting, as it allocates nothing.
    func hasFewMembers(_ node: JSONNode) -> Bool {
        let limit = 12
        var count = 0
        var name = JSONNode(index: node.index + 1)
        let end = next(after: node)
        while name < end && count <= limit {
            count += 1
            name = next(after: JSONNode(index: name.index + 1))
        }
        return count <= limit
    }

    /// The smallest name that is greater than `last`, the smallest of all for nil; nil behind the greatest.
    func nextName(of node: JSONNode, after last: JSONNode?) -> JSONNode? {
        var best: JSONNode?
        var name = JSONNode(index: node.index + 1)
        let end = next(after: node)
        while name < end {
            defer { name = next(after: JSONNode(index: name.index + 1)) }
            if let last, !precedes(last, name) { continue }
            if let current = best, !precedes(name, current) { continue }
            best = name
        }
        return best
    }

    /// The names of an object's members in order.
    func sortedNames(of node: JSONNode) -> [JSONNode] {
        var names = members(of: node).map(\.name)
        names.sort { precedes($0, $1) }
        return names
    }

    private func precedes(_ a: JSONNode, _ b: JSONNode) -> Bool {
        let (left, right) = (entries[a.index], entries[b.index])
        let raw = bytes.span.bytes
        if left.mark || right.mark {
            return JSONText.decoded(raw, left.range).lexicographicallyPrecedes(JSONText.decoded(raw, right.range))
        }
        for i in 0..<min(left.range.count, right.range.count) {
            let (x, y) = (JSONText.byte(raw, Int(left.start) + i), JSONText.byte(raw, Int(right.start) + i))
            if x != y { return x < y }
        }
        return left.range.count < right.range.count
    }
}
