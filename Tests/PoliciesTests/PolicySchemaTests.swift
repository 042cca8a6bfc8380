import Foundation
import Testing

@testable import Policies

@Suite struct PolicySchemaTests {
    @Test func `the schema names exactly the keys that are read`() throws {
        let diagnostics = Diagnostics()
        _ = try Policy.decode(everything, base: nil, diagnostics: diagnostics)
        let named = try SchemaReader().keys
        #expect(Set(named.keys).subtracting(diagnostics.understood).sorted() == [])
        #expect(diagnostics.understood.subtracting(named.keys).sorted() == [])
        #expect(named.count > 50)
    }

    @Test func `every key has a title and a description`() throws {
        for (path, schema) in try SchemaReader().keys {
            #expect(schema["title"] is String, "\(path)")
            #expect(schema["description"] is String, "\(path)")
        }
    }

    @Test func `the defaults in the schema are those of the default policy`() throws {
        let lines = Policy.default.canonical().split(separator: "\n").map { $0.split(separator: " = ", maxSplits: 1) }
        let values = Dictionary(uniqueKeysWithValues: lines.map { (String($0[0]), String($0[1])) })
        var compared = 0
        for (path, schema) in try SchemaReader().keys {
            guard let text = SchemaReader.text(schema["default"]), let value = values[path] else { continue }
            compared += 1
            #expect(text == value, "\(path)")
        }
        #expect(compared == 35)
    }

    @Test func `words are those of the schema`() throws {
        let keys = try SchemaReader().keys
        func words(_ path: String) -> [String] { keys[path]?["enum"] as? [String] ?? [] }
        #expect(words("identity.kinds[].scope") == IdentityPolicy.Scope.allCases.map(\.rawValue))
        #expect(words("rfm.scores") == RFMPolicy.Method.allCases.map(\.rawValue))
        #expect(words("loyalty.earn.on") == LoyaltyPolicy.Earning.earningTypes.compactMap(\.builtInName))
        #expect(words("loyalty.earn.rounding") == LoyaltyPolicy.Rounding.allCases.map(\.rawValue))
        #expect(words("loyalty.tiers.basis") == LoyaltyPolicy.Basis.allCases.map(\.rawValue))
        let fields = keys["accessLog.fields"]?["items"] as? [String: Any]
        #expect(fields?["enum"] as? [String] == AccessLogPolicy.Field.allCases.map(\.rawValue))
    }
}

/// The keys that a schema names, by path as in ``Diagnostics/understood``.
private struct SchemaReader {
    private(set) var keys: [String: [String: Any]] = [:]
    private let definitions: [String: Any]

    init() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Schemas/policy.schema.json").standardized
        let root = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
        definitions = try #require(root["$defs"] as? [String: Any])
        walk(root, path: "")
    }

    private mutating func walk(_ schema: [String: Any], path: String) {
        if let reference = schema["$ref"] as? String {
            walk(definitions[String(reference.dropFirst("#/$defs/".count))] as? [String: Any] ?? [:], path: path)
        }
        for (key, value) in schema["properties"] as? [String: [String: Any]] ?? [:] {
            let below = path.isEmpty ? key : "\(path).\(key)"
            keys[below] = value
            walk(value, path: below)
        }
        if let items = schema["items"] as? [String: Any] { walk(items, path: path + "[]") }
        // A list that may be left out around one element has the element's keys itself.
        for choice in schema["anyOf"] as? [[String: Any]] ?? [] where choice["items"] == nil {
            walk(choice, path: path)
        }
    }

    /// A default as the canonical text writes it.
    static func text(_ value: Any?) -> String? {
        switch value {
        case let text as String: text
        case let list as [Int]: "[" + list.map(String.init).joined(separator: ", ") + "]"
        // Foundation gives true and 1 as the same class; only the encoding of the value tells them apart.
        case let list as [String]: PolicyValue.list(list).lines(below: "")[0].value
        case let number as NSNumber where String(cString: number.objCType) == "c": number.boolValue ? "true" : "false"
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }
}
