import Policies
import Touchpoints
import Yams

extension CSVMapping {
    /// Reads a mapping file; the first thing that is wrong is thrown, with its line, field and the nearest valid word.
    public init(yaml: String) throws(MappingError) {
        let root: Node
        do {
            root = try Yams.compose(yaml: yaml) ?? .mapping(Node.Mapping([]))
        } catch {
            throw MappingError(line: (error as? YamlError).flatMap(Self.line), field: "", reason: "not YAML: \(error)")
        }
        self.init()
        let map = MappingNode(root, path: "")
        try map.check(keys: ["delimiter", "header", "columns", "timeZone", "decimalSeparator", "attributes", "data"])
        if let node = map["delimiter"] { separator = try Self.separator(node) }
        if let node = map["header"] { hasHeader = try node.word(of: ["true", "false"]) == "true" }
        if let node = map["columns"] { columns = try node.texts() }
        if !hasHeader && columns == nil {
            throw MappingError(line: nil, field: "columns", reason: "must name the columns where there is no header")
        }
        if let node = map["timeZone"] { timeZone = try node.text() }
        if let node = map["decimalSeparator"] { decimalSeparator = try node.word(of: [".", ","]).utf8.first! }
        for (key, node) in try map["attributes"]?.members() ?? [] { attributes.append(try Self.attribute(key, node)) }
        for (key, node) in try map["data"]?.members() ?? [] { data.append(try Self.property(key, node)) }
        for required in ["source", "type"] where !attributes.contains(where: { $0.target == required }) {
            throw MappingError(line: nil, field: "attributes.\(required)", reason: "is missing")
        }
        try checkPaths()
        try checkColumns(columns ?? attributes.columns + data.columns)
    }

    private static func line(of error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    private static func separator(_ node: MappingNode) throws(MappingError) -> CSVScanner.Separator {
        switch try node.word(of: [",", ";", "tab", "whitespace"]) {
        case "tab": .byte(0x09)
        case "whitespace": .whitespace
        case let text: .byte(text.utf8.first!)
        }
    }

    private static func attribute(_ name: String, _ node: MappingNode) throws(MappingError) -> Rule {
        let known = EventAttribute.allCases.filter { $0 != .specversion && $0 != .actor && $0.rawValue < 17 }
        let isExtension = name.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 }
        let hint = nearest(to: name, among: known.map(\.name))
        if !isExtension || ["specversion", "actor", "data"].contains(name) {
            throw MappingError(line: node.line, field: node.path, reason: "is no attribute", nearest: hint)
        }
        switch name {
        case "subject":
            return try rule(name, node, keys: ["kind"]) { map throws(MappingError) in
                guard let kind = map["kind"] else { return .text }
                let text = try kind.text()
                guard Alias.isKind(text.utf8Span.span) else {
                    throw kind.wrong("expected a kind: lower-case letters, digits and _, a letter first")
                }
                return .alias(kind: text)
            }
        case "time":
            return try rule(name, node, keys: ["format"]) { map throws(MappingError) in try timeForm(map) }
        default: return try rule(name, node, keys: []) { _ in .text }
        }
    }

    private static func property(_ path: String, _ node: MappingNode) throws(MappingError) -> Rule {
        try rule(path, node, keys: ["kind", "currency", "format"]) { map throws(MappingError) in
            let word = try map["kind"]?.word(of: ["text", "integer", "number", "money", "boolean", "time"]) ?? "text"
            if let node = map["currency"], word != "money" { throw node.wrong("is for kind: money only") }
            if let node = map["format"], word != "time" { throw node.wrong("is for kind: time only") }
            switch word {
            case "integer": return .integer
            case "number": return .number
            case "boolean": return .boolean
            case "time": return try timeForm(map)
            case "money":
                guard let node = map["currency"] else { throw map.wrong("money needs a currency") }
                guard let currency = Currency(code: try node.text()) else {
                    throw node.wrong("expected a currency of three capital letters")
                }
                return .money(currency)
            default: return .text
            }
        }
    }

    private static func timeForm(_ map: MappingNode) throws(MappingError) -> Form {
        guard let node = map["format"] else { return .time(.rfc3339) }
        guard let format = TimeFormat(try node.text()) else {
            throw node.wrong("expected rfc3339, unixSeconds, unixMillis or a pattern such as yyyy-MM-dd HH:mm:ss")
        }
        return .time(format)
    }

    /// A rule: the name of a column, or a map with `column` or `constant`.
    private static func rule(
        _ target: String, _ node: MappingNode, keys: [String],
        form: (MappingNode) throws(MappingError) -> Form
    ) throws(MappingError) -> Rule {
        if node.isText {
            let empty = MappingNode(empty: node)
            return Rule(target: target, origin: .column(try node.text()), form: try form(empty), line: node.line)
        }
        try node.check(keys: ["column", "constant", "values", "prefix"] + keys)
        let origin: Origin
        switch (node["column"], node["constant"]) {
        case (let column?, nil): origin = .column(try column.text())
        case (nil, let constant?): origin = .constant(try constant.text())
        default: throw node.wrong("needs either a column or a constant")
        }
        var rule = Rule(target: target, origin: origin, form: try form(node), line: node.line)
        for (cell, value) in try node["values"]?.members() ?? [] { rule.values[cell] = try value.text() }
        rule.prefix = try node["prefix"]?.text() ?? ""
        return rule
    }
}

/// What rules must be beside each other.
extension CSVMapping {
    /// No property may lie inside another.
    private func checkPaths() throws(MappingError) {
        for rule in data {
            if rule.target.split(separator: ".", omittingEmptySubsequences: false).contains("") {
                throw MappingError(
                    line: rule.line, field: "data.\(rule.target)", reason: "expected names joined by dots")
            }
            for other in data where other.target.hasPrefix(rule.target + ".") {
                throw MappingError(
                    line: other.line, field: "data.\(other.target)", reason: "lies inside data.\(rule.target)")
            }
        }
    }

    /// Every column that a rule names must be among these.
    func checkColumns(_ names: [String]) throws(MappingError) {
        for (prefix, rules) in [("attributes", attributes), ("data", data)] {
            for rule in rules {
                guard case .column(let column) = rule.origin, !names.contains(column) else { continue }
                throw MappingError(
                    line: rule.line, field: "\(prefix).\(rule.target)", reason: "there is no column \"\(column)\"",
                    nearest: nearest(to: column, among: names))
            }
        }
    }
}

extension [CSVMapping.Rule] {
    fileprivate var columns: [String] {
        compactMap { rule in
            if case .column(let name) = rule.origin { name } else { nil }
        }
    }
}
