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
            for element in tape.elements(of: node) {
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
        for name in tape.sortedNames(of: node) {
            let value = JSONNode(index: name.index + 1)
            if contains(omitted, value) { continue }
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            write(name, tape, [], &output)
            output.append(UInt8(ascii: ":"))
            write(value, tape, omitted, &output)
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

extension JSONTape {
    /// The names of an object's members, sorted by their unescaped bytes.
    func sortedNames(of node: JSONNode) -> [JSONNode] {
        var names = members(of: node).map(\.name)
        names.sort { precedes($0, $1) }
        return names
    }

    private func precedes(_ a: JSONNode, _ b: JSONNode) -> Bool {
        let (left, right) = (entries[a.index], entries[b.index])
        if left.mark || right.mark {
            let raw = bytes.span.bytes
            return JSONText.decoded(raw, left.range).lexicographicallyPrecedes(JSONText.decoded(raw, right.range))
        }
        return bytes[left.range].lexicographicallyPrecedes(bytes[right.range])
    }
}
