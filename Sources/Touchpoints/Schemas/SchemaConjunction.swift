/// A `$ref` beside other keywords: both hold, so the two rules become one that says what both say.
extension SchemaCompiler {
    mutating func both(_ a: SchemaRule, _ b: SchemaRule) throws(SchemaError) -> SchemaRule {
        var rule = a
        rule.kinds.formIntersection(b.kinds)
        rule.flags.formUnion(b.flags.subtracting(.choices))
        rule.minimum = stricter(a.minimum, b.minimum, sign: 1)
        rule.exclusiveMinimum = stricter(a.exclusiveMinimum, b.exclusiveMinimum, sign: 1)
        rule.maximum = stricter(a.maximum, b.maximum, sign: -1)
        rule.exclusiveMaximum = stricter(a.exclusiveMaximum, b.exclusiveMaximum, sign: -1)
        rule.minLength = max(a.minLength, b.minLength)
        rule.maxLength = min(a.maxLength, b.maxLength)
        rule.minItems = max(a.minItems, b.minItems)
        rule.maxItems = min(a.maxItems, b.maxItems)
        if b.flags.contains(.choices) { restrict(&rule, to: Array(choices[b.choices.range])) }
        rule.items = try both(a.items, b.items)
        let rows = try both(Array(members[a.members.range]), Array(members[b.members.range]))
        rule.requiredCount = Int32(rows.count(where: \.isRequired))
        rule.members = append(rows)
        return rule
    }

    /// Leaves of the values that the rule allows those that equal one of these.
    mutating func restrict(_ rule: inout SchemaRule, to allowed: [UInt32]) {
        var allowed = allowed
        if rule.flags.contains(.choices) {
            let before = choices[rule.choices.range]
            allowed.removeAll { new in !before.contains { areEqual($0, new) } }
        }
        rule.flags.insert(.choices)
        choices.append(contentsOf: allowed)
        rule.choices = .init(last: allowed.count, of: choices.count)
    }

    private func areEqual(_ a: UInt32, _ b: UInt32) -> Bool {
        JSONEquality.areEqual(Int(a), JSONView(document), Int(b), JSONView(document))
    }

    private mutating func both(_ a: Int32, _ b: Int32) throws(SchemaError) -> Int32 {
        if a == b || b == SchemaRule.anything { return a }
        if a == SchemaRule.anything { return b }
        return try append(both(rules[Int(a)], rules[Int(b)]))
    }

    private mutating func both(_ a: [SchemaMember], _ b: [SchemaMember]) throws(SchemaError) -> [SchemaMember] {
        var rows = a
        for other in b {
            guard let index = a.firstIndex(where: { names[$0.name.range] == names[other.name.range] }) else {
                rows.append(other)
                continue
            }
            rows[index].rule = try both(rows[index].rule, other.rule)
            rows[index].isRequired = rows[index].isRequired || other.isRequired
            rows[index].isNamed = rows[index].isNamed || other.isNamed
        }
        return rows
    }

    /// Of two bounds the greater (`sign` 1) or the lesser one (-1).
    private func stricter(_ a: Int32, _ b: Int32, sign: Int) -> Int32 {
        guard a >= 0, b >= 0 else { return max(a, b) }
        let bytes = document.bytes.span.bytes
        let left = JSONDecimal(bytes, document.entries[Int(a)].range)
        return left.compare(JSONDecimal(bytes, document.entries[Int(b)].range)) == sign ? a : b
    }
}
