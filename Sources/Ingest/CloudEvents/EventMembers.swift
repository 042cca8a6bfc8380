import Touchpoints

/// The members of one event's JSON object, sorted into known ones and extensions.
struct EventMembers {
    /// The entry of each attribute's value by the attribute's number; 0, the event itself, where it has none.
    private var nodes = InlineArray<19, Int>(repeating: 0)
    /// Extension attributes that we do not know, by name: the value in canonical JSON.
    private(set) var extensions: [(name: [UInt8], value: [UInt8])] = []

    subscript(_ attribute: EventAttribute) -> JSONNode? {
        let node = nodes[Int(attribute.rawValue)]
        return node == 0 ? nil : JSONNode(index: node)
    }

    /// Takes the members of an event, the root of a tape. A member that is `null` is absent, as CloudEvents says.
    mutating func collect(from event: JSONNode, of tape: JSONTape) throws(Refusal) {
        for i in nodes.indices { nodes[i] = 0 }
        if !extensions.isEmpty { extensions.removeAll(keepingCapacity: true) }
        guard tape.kind(of: event) == .object else {
            throw Refusal(field: "", reason: "expected a JSON object with the attributes of one event")
        }
        let byName = EventAttribute.byName
        var name = JSONNode(index: event.index + 1)
        let end = tape.next(after: event)
        while name < end {
            let value = JSONNode(index: name.index + 1)
            let attribute = byName[Int(tape.number(ofName: name))]
            if attribute > 0 {
                if attribute == EventAttribute.actor.rawValue {
                    throw Refusal(field: "actor", reason: "is given by the engine and cannot be sent")
                }
                if tape.kind(of: value) != .null { nodes[Int(attribute)] = value.index }
            } else if tape.kind(of: value) != .null {
                try take(extension: tape.utf8(of: name), value, of: tape)
            }
            name = tape.next(after: value)
        }
        if extensions.count > 1 { extensions.sort { $0.name.lexicographicallyPrecedes($1.name) } }
        if let base64 = self[.dataBase64] { try check(base64: base64, of: tape) }
    }

    private func check(base64: JSONNode, of tape: JSONTape) throws(Refusal) {
        if self[.data] != nil {
            throw Refusal(field: "data_base64", reason: "cannot stand beside data")
        }
        guard tape.kind(of: base64) == .string, Self.isBase64(tape.utf8(of: base64)) else {
            throw Refusal(field: "data_base64", reason: "expected a string in Base64")
        }
    }

    /// What an event that was read from a log carries beside what its producer made: left out, so that it can be sent
    /// again as the same event, and so that nobody can say for the log where or by whom an event was recorded.
    static let ownPrefix = Array("wayfold".utf8)

    private mutating func take(extension name: [UInt8], _ value: JSONNode, of tape: JSONTape) throws(Refusal) {
        if name.starts(with: Self.ownPrefix) { return }
        let field = String(decoding: name, as: UTF8.self)
        let isNamed = !name.isEmpty && name.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 }
        if !isNamed {
            throw Refusal(field: field, reason: "names of attributes are lower-case letters a-z and digits")
        }
        switch tape.kind(of: value) {
        case .string, .boolean: break
        case .number where tape.integer(of: value) != nil: break
        default: throw Refusal(field: field, reason: "expected a string, a whole number or a boolean")
        }
        extensions.append((name, CanonicalJSON.bytes(value, of: tape)))
    }

    /// RFC 4648 with padding.
    private static func isBase64(_ text: [UInt8]) -> Bool {
        guard text.count % 4 == 0 else { return false }
        let body =
            text.suffix(2).elementsEqual("==".utf8) ? text.dropLast(2) : text.last == 0x3D ? text.dropLast() : text[...]
        return body.allSatisfy {
            $0 &- 0x61 < 26 || $0 &- 0x41 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
        }
    }
}
