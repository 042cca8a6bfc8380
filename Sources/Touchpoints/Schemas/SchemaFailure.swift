/// What a walk found wrong: where, and by which keyword of which rule. Small, so that a good walk pays nothing for it.
struct SchemaFailure: Error, BitwiseCopyable {
    enum Keyword: BitwiseCopyable {
        case type, required, choices, minimum, maximum, exclusiveMinimum, exclusiveMaximum
        case minLength, maxLength, minItems, maxItems, dateTime
    }

    /// The entry of the event's tape.
    let node: Int
    let rule: Int
    let keyword: Keyword
    /// The row of the member that is missing.
    let member: Int

    init(_ node: Int, _ rule: Int, _ keyword: Keyword, member: Int = -1) {
        self.node = node
        self.rule = rule
        self.keyword = keyword
        self.member = member
    }
}

/// The words for people.
extension SchemaFailure {
    /// The path of the value (or of the member that is missing) from `data` on, such as `data.items[2].price.amount`.
    func field(in data: JSONNode, of tape: JSONTape, by schema: EventSchema) -> String {
        var field = "data"
        var place = data
        while place.index != node {
            if tape.kind(of: place) == .object {
                let step = tape.members(of: place).first { node < tape.next(after: $0.value).index }!
                field += "." + tape.text(of: step.name)!
                place = step.value
            } else {
                let step = tape.elements(of: place).enumerated().first { node < tape.next(after: $0.element).index }!
                field += "[\(step.offset)]"
                place = step.element
            }
        }
        return keyword == .required ? field + "." + schema.name(member) : field
    }

    /// What was expected there.
    func reason(by schema: EventSchema) -> String {
        let rule = schema.rules[rule]
        switch keyword {
        case .type: return "expected " + Self.list(rule.kinds.words)
        case .required: return "is missing"
        case .choices where rule.choices.range.isEmpty: return "no value is allowed here"
        case .choices: return "expected " + Self.list(rule.choices.range.map { schema.written(schema.choices[$0]) })
        case .minimum: return "expected at least " + schema.written(rule.minimum)
        case .maximum: return "expected at most " + schema.written(rule.maximum)
        case .exclusiveMinimum: return "expected more than " + schema.written(rule.exclusiveMinimum)
        case .exclusiveMaximum: return "expected less than " + schema.written(rule.exclusiveMaximum)
        case .minLength: return "expected at least \(rule.minLength) characters"
        case .maxLength: return "expected at most \(rule.maxLength) characters"
        case .minItems: return "expected at least \(rule.minItems) elements"
        case .maxItems: return "expected at most \(rule.maxItems) elements"
        case .dateTime: return "expected a date and time with an offset, such as 2026-03-01T12:30:00Z"
        }
    }

    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension EventSchema {
    fileprivate func name(_ member: Int) -> String {
        String(decoding: names[members[member].name.range], as: UTF8.self)
    }

    /// A value of the schema's own text, as it is written there.
    fileprivate func written(_ entry: some BinaryInteger) -> String {
        String(decoding: document.written(JSONNode(index: Int(entry))), as: UTF8.self)
    }
}

extension SchemaKinds {
    /// The kinds with their articles.
    var words: [String] {
        var words: [String] = []
        if contains(SchemaKinds(.object)) { words.append("an object") }
        if contains(SchemaKinds(.array)) { words.append("an array") }
        if contains(SchemaKinds(.string)) { words.append("a string") }
        if isSuperset(of: .number) {
            words.append("a number")
        } else if contains(.integer) {
            words.append("an integer")
        }
        if contains(SchemaKinds(.boolean)) { words.append("true or false") }
        if contains(SchemaKinds(.null)) { words.append("null") }
        return words
    }
}
