import Yams

/// Reads the keys of one map; those that nobody asked for are errors when it is finished.
final class MapReader {
    private let field: Field
    private let mapping: Node.Mapping
    private var known: [String] = []

    /// Nil, noted, where the value is not a map; a value left empty is a map without keys.
    init?(_ field: Field) {
        if let mapping = field.node.mapping {
            self.mapping = mapping
        } else if field.isNull {
            mapping = [:]
        } else {
            let _: Never? = field.refuse("a map")
            return nil
        }
        self.field = field
    }

    /// The value of a key; `base` where it is left out. Nil, noted, where it is wrong, or left out without a base.
    func value<Value>(_ key: String, else base: Value?, _ read: (Field) -> Value?) -> Value? {
        if let field = optional(key) { return read(field) }
        if base == nil {
            field.wrong("\"\(key)\" is missing")
        }
        return base
    }

    /// The value of a key that may be left out: nil then, and nil, noted, where it is wrong.
    func value<Value>(_ key: String, _ read: (Field) -> Value?) -> Value? { optional(key).flatMap(read) }

    /// The section below a key; where it is left out, read as if it were empty.
    func section<Section>(_ key: String, _ read: (MapReader) -> Section?) -> Section? {
        let below =
            optional(key)
            ?? Field(
                node: .scalar(Node.Scalar("", Tag(.null), .plain, field.node.mark)), path: child(key),
                pattern: pattern(key),
                diagnostics: field.diagnostics)
        return MapReader(below).flatMap(read)
    }

    /// All pairs of a map with free keys, in the order of the text; what `read` refuses is left out.
    func pairs<Value>(_ read: (_ key: Field, _ value: Field) -> Value?) -> [Value] {
        mapping.compactMap { key, value in
            let text = key.scalar?.string ?? ""
            known.append(text)
            let path = child(text)
            return read(
                Field(node: key, path: path, pattern: pattern("*"), diagnostics: field.diagnostics),
                Field(node: value, path: path, pattern: pattern("*"), diagnostics: field.diagnostics))
        }
    }

    /// Whether the text gives the key.
    func has(_ key: String) -> Bool { mapping.contains { $0.key.scalar?.string == key } }

    /// Notes keys that nobody asked for.
    func finish() {
        for (key, _) in mapping {
            let text = key.scalar?.string
            if let text, known.contains(text) { continue }
            let unknown = Field(
                node: key, path: child(text ?? "?"), pattern: "", diagnostics: field.diagnostics)
            unknown.wrong("no such key", nearest: text.flatMap { nearest(to: $0, among: known) })
        }
    }

    /// Notes that the whole map is wrong.
    func wrong(_ message: String) { field.wrong(message) }

    private func optional(_ key: String) -> Field? {
        known.append(key)
        field.diagnostics.understand(pattern(key))
        guard let value = mapping.first(where: { $0.key.scalar?.string == key })?.value else { return nil }
        return Field(node: value, path: child(key), pattern: pattern(key), diagnostics: field.diagnostics)
    }

    private func child(_ key: String) -> String { field.path.isEmpty ? key : "\(field.path).\(key)" }
    private func pattern(_ key: String) -> String { field.pattern.isEmpty ? key : "\(field.pattern).\(key)" }
}
