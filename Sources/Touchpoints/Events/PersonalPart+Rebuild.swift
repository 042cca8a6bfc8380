extension PersonalPart {
    /// Puts the personal pieces back into the clear data: the canonical JSON of `data` as it was decoded.
    ///
    /// - Parameter clear: the canonical JSON of the clear part, nothing where no data was clear.
    /// - Returns: nothing where the event has no data.
    public func rebuild(clear: [UInt8]) -> [UInt8] {
        if let whole = properties.first, whole.pointer.steps.isEmpty { return whole.value }
        if clear.isEmpty || properties.isEmpty { return clear }
        var tape = JSONTape()
        do { try tape.scan(clear) } catch { preconditionFailure("stored data is not JSON: \(error)") }
        var output: [UInt8] = []
        let pieces = properties.map { Piece(steps: $0.pointer.steps[...], value: $0.value) }
        Self.merge(tape.root, of: tape, with: pieces, into: &output)
        return output
    }

    private struct Piece {
        var steps: ArraySlice<String>
        var value: [UInt8]
    }

    private static func merge(_ node: JSONNode, of tape: JSONTape, with pieces: [Piece], into output: inout [UInt8]) {
        // By bytes: String takes different spellings of a name (composed, decomposed) for equal.
        var piecesByStep: [[UInt8]: [Piece]] = [:]
        for piece in pieces {
            let inside = Piece(steps: piece.steps.dropFirst(), value: piece.value)
            piecesByStep[Array(piece.steps.first!.utf8), default: []].append(inside)
        }
        switch tape.kind(of: node) {
        case .object: mergeObject(node, of: tape, with: piecesByStep, into: &output)
        case .array: mergeArray(node, of: tape, with: piecesByStep, into: &output)
        default: output += tape.written(node)
        }
    }

    private static func mergeObject(
        _ node: JSONNode, of tape: JSONTape, with pieces: [[UInt8]: [Piece]], into output: inout [UInt8]
    ) {
        var values: [[UInt8]: JSONNode] = [:]
        for (name, value) in tape.members(of: node) { values[tape.utf8(of: name)] = value }
        let names = Set(values.keys).union(pieces.keys).sorted { $0.lexicographicallyPrecedes($1) }
        output.append(UInt8(ascii: "{"))
        for (ordinal, name) in names.enumerated() {
            if ordinal > 0 { output.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(string: name, to: &output)
            output.append(UInt8(ascii: ":"))
            append(values[name], of: tape, with: pieces[name], into: &output)
        }
        output.append(UInt8(ascii: "}"))
    }

    private static func mergeArray(
        _ node: JSONNode, of tape: JSONTape, with pieces: [[UInt8]: [Piece]], into output: inout [UInt8]
    ) {
        output.append(UInt8(ascii: "["))
        for (index, element) in tape.elements(of: node).enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            append(element, of: tape, with: pieces[Array(String(index).utf8)], into: &output)
        }
        output.append(UInt8(ascii: "]"))
    }

    /// Appends a value that is all clear, all personal, or holds both.
    private static func append(
        _ node: JSONNode?, of tape: JSONTape, with pieces: [Piece]?, into output: inout [UInt8]
    ) {
        if let whole = pieces?.first, whole.steps.isEmpty {
            output += whole.value
        } else if let pieces {
            merge(node!, of: tape, with: pieces, into: &output)
        } else {
            output += tape.written(node!)
        }
    }
}
