import Touchpoints

/// A line of `events.ndjson`, of which what is personal and the data are read: the leaf says the rest. Takes any bytes.
struct EventLine {
    /// Attributes that stand in the leaf, or are no extensions.
    private static let others: Set<String> = Set(
        ["specversion", "id", "source", "type", "subject", "time", "sequence", "channel", "data", "data_base64"]
            + ClearAttribute.sent.map { "\($0)" })

    private let tape: JSONTape

    init(_ line: [UInt8]) throws(Refusal) {
        var tape = JSONTape()
        do { try tape.scan(line) } catch { throw Refusal(field: "", reason: "expected a JSON object: \(error)") }
        self.tape = tape
    }

    /// The personal part and the clear data, as they are stored.
    func split(by salts: SaltsLine) throws(Refusal) -> (personal: [UInt8], data: [UInt8]) {
        var personal = PersonalPart()
        personal.id = try text("id")
        if salts.hasSubject { personal.subject = try text("subject") }
        for (name, value) in tape.members(of: tape.root) {
            let name = tape.text(of: name) ?? ""
            if Self.others.contains(name) || name.hasPrefix("wayfold") { continue }
            personal.extensions.append(PersonalPart.Extension(name: name, value: Array(tape.written(value))))
        }
        let data = tape.member("data", of: tape.root) ?? tape.member("data_base64", of: tape.root)
        let (clear, pieces) = try ClearPart.split(data: data, of: tape, hiding: salts.pieces)
        personal.properties = pieces
        return (personal.stored, clear)
    }

    private func text(_ name: String) throws(Refusal) -> String {
        guard let text = tape.member(name, of: tape.root).flatMap({ tape.text(of: $0) }) else {
            throw Refusal(field: name, reason: "expected a text")
        }
        return text
    }
}
