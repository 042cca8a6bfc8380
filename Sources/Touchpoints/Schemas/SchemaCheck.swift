/// One walk over the data of an event by the tables of a schema.
struct SchemaCheck: ~Escapable {
    private let view: JSONView
    private let entries: Span<JSONTape.Entry>
    private let bytes: RawSpan
    private let text: Span<UInt8>
    /// The schema's own text.
    private let document: JSONView
    private let rules: Span<SchemaRule>
    private let members: Span<SchemaMember>
    private let choices: Span<UInt32>
    private let names: Span<UInt8>

    @_lifetime(borrow tape, borrow schema)
    init(of tape: borrowing JSONTape, by schema: borrowing EventSchema) {
        view = JSONView(tape)
        entries = tape.entries.span
        bytes = tape.bytes.span.bytes
        text = tape.bytes.span
        document = JSONView(schema.document)
        rules = schema.rules.span
        members = schema.members.span
        choices = schema.choices.span
        names = schema.names.span
    }

    /// Checks one value and all that is in it.
    ///
    /// - Parameter isHidden: whether the value lies in a personal one, which is listed already.
    func value(
        _ node: Int, by number: Int, isHidden: Bool, _ personal: inout [JSONNode]
    ) throws(SchemaFailure) {
        var isHidden = isHidden
        let flags = rules[number].flags
        if flags.contains(.personal) && !isHidden {
            personal.append(JSONNode(index: node))
            isHidden = true
        }
        let kind = entries[node].kind
        if !allows(rules[number].kinds, kind, node) { throw SchemaFailure(node, number, .type) }
        if flags.contains(.choices) { try choice(node, number) }
        switch kind {
        case .null, .boolean: return
        case .number: if flags.contains(.bounds) { try self.number(node, number) }
        case .string:
            if flags.contains(.length) { try length(node, number) }
            if flags.contains(.dateTime), !isDateTime(entries[node]) { throw SchemaFailure(node, number, .dateTime) }
        case .array: try array(node, number, isHidden, &personal)
        case .object: try object(node, number, isHidden, &personal)
        }
    }

    @inline(__always)
    private func allows(_ kinds: SchemaKinds, _ kind: JSONKind, _ node: Int) -> Bool {
        if kinds.contains(SchemaKinds(kind)) { return true }
        guard kind == .number, kinds.contains(.integer) else { return false }
        // The mark says that there is neither a fraction nor an exponent.
        return entries[node].mark || JSONDecimal(bytes, entries[node].range).isInteger
    }

    private func choice(_ node: Int, _ number: Int) throws(SchemaFailure) {
        for i in rules[number].choices.range {
            if JSONEquality.areEqual(node, view, Int(choices[i]), document) { return }
        }
        throw SchemaFailure(node, number, .choices)
    }
}

/// Numbers and strings.
extension SchemaCheck {
    private func number(_ node: Int, _ number: Int) throws(SchemaFailure) {
        if let order = compare(node, rules[number].minimum), order < 0 { throw SchemaFailure(node, number, .minimum) }
        if let order = compare(node, rules[number].maximum), order > 0 { throw SchemaFailure(node, number, .maximum) }
        if let order = compare(node, rules[number].exclusiveMinimum), order <= 0 {
            throw SchemaFailure(node, number, .exclusiveMinimum)
        }
        if let order = compare(node, rules[number].exclusiveMaximum), order >= 0 {
            throw SchemaFailure(node, number, .exclusiveMaximum)
        }
    }

    /// How the number stands to a bound; nil where there is none.
    private func compare(_ node: Int, _ bound: Int32) -> Int? {
        guard bound != SchemaRule.absent else { return nil }
        let (own, other) = (entries[node], document.entries[Int(bound)])
        // Most numbers and bounds are short and whole.
        if own.mark && other.mark, own.range.count <= 18, other.range.count <= 18,
            let value = JSONText.integer(bytes, own.range), let limit = JSONText.integer(document.bytes, other.range)
        {
            return value < limit ? -1 : value == limit ? 0 : 1
        }
        let limit = JSONDecimal(document.bytes, document.entries[Int(bound)].range)
        return JSONDecimal(bytes, entries[node].range).compare(limit)
    }

    private func length(_ node: Int, _ number: Int) throws(SchemaFailure) {
        let length = codePoints(entries[node])
        if length < rules[number].minLength { throw SchemaFailure(node, number, .minLength) }
        if length > rules[number].maxLength { throw SchemaFailure(node, number, .maxLength) }
    }

    private func codePoints(_ entry: JSONTape.Entry) -> Int {
        if entry.mark {
            return JSONText.decoded(bytes, entry.range).reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        }
        var count = 0
        for i in entry.range where JSONText.byte(bytes, i) & 0xC0 != 0x80 { count += 1 }
        return count
    }

    private func isDateTime(_ entry: JSONTape.Entry) -> Bool {
        if !entry.mark { return (try? Timestamp(rfc3339: text.extracting(entry.range))) != nil }
        return (try? Timestamp(rfc3339: JSONText.decoded(bytes, entry.range).span)) != nil
    }
}

/// Arrays and objects.
extension SchemaCheck {
    private func array(
        _ node: Int, _ number: Int, _ isHidden: Bool, _ personal: inout [JSONNode]
    ) throws(SchemaFailure) {
        let end = Int(entries[node].next)
        let rule = Int(rules[number].items)
        var count = 0
        var element = node + 1
        while element < end {
            try value(element, by: rule, isHidden: isHidden, &personal)
            element = Int(entries[element].next)
            count += 1
        }
        if count < rules[number].minItems { throw SchemaFailure(node, number, .minItems) }
        if count > rules[number].maxItems { throw SchemaFailure(node, number, .maxItems) }
    }

    private func object(
        _ node: Int, _ number: Int, _ isHidden: Bool, _ personal: inout [JSONNode]
    ) throws(SchemaFailure) {
        let end = Int(entries[node].next)
        let rows = rules[number].members.range
        var required = 0
        // Most producers write members in one order, and often that of the schema: begin behind the last one found.
        var hint = rows.lowerBound
        var name = node + 1
        while name < end {
            let value = name + 1
            var isNamed = false
            if let row = row(of: name, among: rows, from: hint) {
                hint = row + 1
                isNamed = members[row].isNamed
                if members[row].isRequired { required += 1 }
                if isNamed { try self.value(value, by: Int(members[row].rule), isHidden: isHidden, &personal) }
            }
            if !isNamed && !isHidden { personal.append(JSONNode(index: value)) }
            name = Int(entries[value].next)
        }
        if required < rules[number].requiredCount { throw missing(node, number) }
    }

    /// The row of the member with that name.
    @inline(__always)
    private func row(of name: Int, among rows: Range<Int>, from hint: Int) -> Int? {
        if rows.isEmpty { return nil }
        let entry = entries[name]
        if entry.number != 0 { return row(ofKnown: entry.number, among: rows, from: hint) }
        guard !entry.mark else {
            let text = JSONText.decoded(bytes, entry.range)
            return row(of: text.span.bytes, text.indices, SchemaMember.head(text.span), among: rows, from: hint)
        }
        // Behind the text there is always room for eight bytes (JSONTape.padding).
        let word = unsafe UInt64(
            littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: Int(entry.start), as: UInt64.self))
        let count = entry.range.count
        let head = count >= 8 ? word : word & (1 << UInt64(count * 8) - 1)
        return row(of: bytes, entry.range, head, among: rows, from: hint)
    }

    @inline(__always)
    private func row(ofKnown number: UInt16, among rows: Range<Int>, from hint: Int) -> Int? {
        var row = hint
        for _ in rows {
            if row == rows.upperBound { row = rows.lowerBound }
            if members[row].number == number { return row }
            row &+= 1
        }
        return nil
    }

    private func row(
        of text: RawSpan, _ range: Range<Int>, _ head: UInt64, among rows: Range<Int>, from hint: Int
    ) -> Int? {
        var row = hint
        for _ in rows {
            if row == rows.upperBound { row = rows.lowerBound }
            if members[row].head == head {
                let name = members[row].name.range
                if name.count == range.count
                    && (range.count <= 8 || JSONText.isEqual(text, range, names.extracting(name)))
                {
                    return row
                }
            }
            row += 1
        }
        return nil
    }

    private func missing(_ node: Int, _ number: Int) -> SchemaFailure {
        let row = rules[number].members.range.first { row in
            guard members[row].isRequired else { return false }
            let name = names.extracting(members[row].name.range)
            var at = node + 1
            while at < Int(entries[node].next) {
                let text = JSONText.decoded(bytes, entries[at].range)
                if JSONText.isEqual(text.span.bytes, text.indices, name) { return false }
                at = Int(entries[at + 1].next)
            }
            return true
        }
        return SchemaFailure(node, number, .required, member: row!)
    }
}
