/// Turns the text of a schema into the tables of an ``EventSchema``, refusing what it does not understand.
struct SchemaCompiler {
    /// A bound on the rules of one schema, so that references to references cannot grow without end.
    static let maximalRules = 10_000
    /// A bound on references that lead to references, so that no schema exhausts the stack.
    static let maximalDepth = 32

    let document: JSONTape
    var rules = [SchemaRule()]
    var members: [SchemaMember] = []
    var choices: [UInt32] = []
    var names: [UInt8] = []
    private var definitions = Definitions()

    init(document: JSONTape) { self.document = document }

    /// What stands under `$defs`, by name.
    private struct Definitions {
        var nodes: [String: JSONNode] = [:]
        var rules: [String: Int32] = [:]
        /// Those that are being compiled: to meet one again is a cycle.
        var open: Set<String> = []
    }

    /// Compiles the whole document; gives the number of its rule.
    mutating func compile() throws(SchemaError) -> Int32 {
        let node = document.root
        if let definitions = document.member("$defs", of: node) {
            try expect(.object, definitions)
            for member in document.members(of: definitions) {
                self.definitions.nodes[document.text(of: member.name)!] = member.value
            }
        }
        let root = try rule(at: node)
        // Also those that nothing refers to must be good.
        for name in definitions.nodes.keys.sorted() { _ = try definition(name) }
        return root
    }

    /// Compiles the schema at a node; gives the number of its rule.
    private mutating func rule(at node: JSONNode) throws(SchemaError) -> Int32 {
        try expect(.object, node, "expected a schema, an object")
        var rule = SchemaRule()
        var isEmpty = true
        var (properties, required, reference): (JSONNode?, JSONNode?, JSONNode?)
        for (name, value) in document.members(of: node) {
            let keyword = document.text(of: name)!
            if try annotation(keyword, value, isTop: node == document.root) { continue }
            switch keyword {
            case "$ref":
                reference = value
                continue
            case "properties": properties = value
            case "required": required = value
            case "items": rule.items = try self.rule(at: value)
            case "enum": try restrict(&rule, to: listed(value))
            case "const": restrict(&rule, to: [UInt32(value.index)])
            default: try simple(keyword, value, &rule)
            }
            isEmpty = false
        }
        let rows = try self.rows(properties, required)
        rule.requiredCount = Int32(rows.count(where: \.isRequired))
        rule.members = append(rows)
        guard let reference else { return try append(rule) }
        let target = try definition(try target(of: reference), at: reference)
        return isEmpty ? target : try append(both(rule, rules[Int(target)]))
    }

    /// Compiles a definition once.
    private mutating func definition(_ name: String, at reference: JSONNode? = nil) throws(SchemaError) -> Int32 {
        if let rule = definitions.rules[name] { return rule }
        guard let node = definitions.nodes[name] else { throw error(reference!, "there is no #/$defs/\(name)") }
        guard definitions.open.insert(name).inserted else {
            throw error(reference!, "the reference leads back to itself")
        }
        guard definitions.open.count <= Self.maximalDepth else {
            throw error(reference!, "more than \(Self.maximalDepth) references one behind the other")
        }
        let rule = try rule(at: node)
        definitions.open.remove(name)
        definitions.rules[name] = rule
        return rule
    }

    private func target(of reference: JSONNode) throws(SchemaError) -> String {
        guard let text = document.text(of: reference), text.hasPrefix("#"), !text.utf8.contains(UInt8(ascii: "%")),
            let steps = JSONPointer(String(text.dropFirst()))?.steps, steps.count == 2, steps[0] == "$defs"
        else { throw error(reference, "expected a reference of the form #/$defs/NAME") }
        return steps[1]
    }
}

/// Keywords with simple values.
extension SchemaCompiler {
    /// Whether the keyword only says something about the schema.
    private func annotation(_ keyword: String, _ value: JSONNode, isTop: Bool) throws(SchemaError) -> Bool {
        switch keyword {
        case "title", "description": try expect(.string, value)
        case "examples": try expect(.array, value)
        case "$schema" where isTop:
            guard document.isText(value, "https://json-schema.org/draft/2020-12/schema") else {
                throw error(value, "expected https://json-schema.org/draft/2020-12/schema")
            }
        case "$id" where isTop: try expect(.string, value)
        case "$defs" where isTop: break
        case "$schema", "$id", "$defs": throw error(value, "this keyword can only stand at the top")
        default: return false
        }
        return true
    }

    private func simple(_ keyword: String, _ value: JSONNode, _ rule: inout SchemaRule) throws(SchemaError) {
        switch keyword {
        case "type": rule.kinds = try kinds(value)
        case "minimum": try number(value, \.minimum, &rule)
        case "maximum": try number(value, \.maximum, &rule)
        case "exclusiveMinimum": try number(value, \.exclusiveMinimum, &rule)
        case "exclusiveMaximum": try number(value, \.exclusiveMaximum, &rule)
        case "minLength": try length(value, \.minLength, &rule)
        case "maxLength": try length(value, \.maxLength, &rule)
        case "minItems": rule.minItems = try count(value)
        case "maxItems": rule.maxItems = try count(value)
        case "format":
            guard document.isText(value, "date-time") else { throw error(value, "the only format is date-time") }
            rule.flags.insert(.dateTime)
        case "x-personal":
            guard let flag = document.flag(of: value) else { throw error(value, "expected true or false") }
            if flag { rule.flags.insert(.personal) }
        default: throw error(value, "unknown keyword")
        }
    }

    private func kinds(_ value: JSONNode) throws(SchemaError) -> SchemaKinds {
        if document.kind(of: value) != .array { return try kind(value) }
        var kinds: SchemaKinds = []
        for element in document.elements(of: value) { kinds.formUnion(try kind(element)) }
        if kinds.isEmpty { throw error(value, "expected at least one type") }
        return kinds
    }

    private func kind(_ value: JSONNode) throws(SchemaError) -> SchemaKinds {
        for (name, kinds) in SchemaKinds.byName where document.isText(value, name) { return kinds }
        throw error(value, "expected one of " + SchemaKinds.byName.map(\.name).joined(separator: ", "))
    }

    private func number(
        _ value: JSONNode, _ bound: WritableKeyPath<SchemaRule, Int32>, _ rule: inout SchemaRule
    ) throws(SchemaError) {
        try expect(.number, value)
        rule.flags.insert(.bounds)
        rule[keyPath: bound] = Int32(value.index)
    }

    private func length(
        _ value: JSONNode, _ bound: WritableKeyPath<SchemaRule, Int32>, _ rule: inout SchemaRule
    ) throws(SchemaError) {
        rule[keyPath: bound] = try count(value)
        rule.flags.insert(.length)
    }

    private func count(_ value: JSONNode) throws(SchemaError) -> Int32 {
        guard let count = document.integer(of: value).flatMap(Int32.init(exactly:)), count >= 0 else {
            throw error(value, "expected a whole number from 0 to \(Int32.max)")
        }
        return count
    }

    private func listed(_ value: JSONNode) throws(SchemaError) -> [UInt32] {
        try expect(.array, value)
        return document.elements(of: value).map { UInt32($0.index) }
    }
}

/// Objects.
extension SchemaCompiler {
    /// The rows for the members that `properties` and `required` name.
    private mutating func rows(_ properties: JSONNode?, _ required: JSONNode?) throws(SchemaError) -> [SchemaMember] {
        var rows: [SchemaMember] = []
        var known: [String: Int] = [:]
        if let properties {
            try expect(.object, properties)
            for (name, value) in document.members(of: properties) {
                let name = document.text(of: name)!
                known[name] = rows.count
                rows.append(row(name, rule: try rule(at: value), isNamed: true))
            }
        }
        guard let required else { return rows }
        try expect(.array, required)
        for element in document.elements(of: required) {
            guard let name = document.text(of: element) else { throw error(element, "expected the name of a property") }
            let index = known[name] ?? rows.count
            if index == rows.count {
                known[name] = index
                rows.append(row(name, rule: SchemaRule.anything, isNamed: false))
            }
            if rows[index].isRequired { throw error(element, "the name stands twice") }
            rows[index].isRequired = true
        }
        return rows
    }

    private mutating func row(_ name: String, rule: Int32, isNamed: Bool) -> SchemaMember {
        names.append(contentsOf: name.utf8)
        return SchemaMember(
            head: SchemaMember.head(name.utf8.span), name: .init(last: name.utf8.count, of: names.count), rule: rule,
            isRequired: false, number: KnownNames.number(of: name), isNamed: isNamed)
    }
}

/// Small steps.
extension SchemaCompiler {
    mutating func append(_ rule: SchemaRule) throws(SchemaError) -> Int32 {
        guard rules.count < Self.maximalRules else { throw SchemaError(path: "", reason: "too large") }
        rules.append(rule)
        return Int32(rules.count - 1)
    }

    mutating func append(_ rows: [SchemaMember]) -> SchemaRule.Piece {
        members.append(contentsOf: rows)
        return .init(last: rows.count, of: members.count)
    }

    private func expect(_ kind: JSONKind, _ value: JSONNode, _ words: String? = nil) throws(SchemaError) {
        guard document.kind(of: value) == kind else {
            throw error(value, words ?? "expected " + (kind == .number ? .number : SchemaKinds(kind)).words[0])
        }
    }

    private func error(_ value: JSONNode, _ reason: String) -> SchemaError {
        SchemaError(path: document.pointer(to: value, from: document.root).text, reason: reason)
    }
}
