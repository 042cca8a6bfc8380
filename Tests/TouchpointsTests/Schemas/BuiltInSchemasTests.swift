import Foundation
import Testing

@testable import Touchpoints

struct BuiltInSchemasTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Schemas/events").standardizedFileURL

    @Test func `every built-in type has a schema and an example, and no file is left over`() throws {
        let expected = EventType.builtInNames.map { $0 + ".json" }.sorted()
        #expect(try Self.files(in: Self.folder) == expected)
        #expect(try Self.files(in: Self.folder.appending(path: "examples")) == expected)
    }

    @Test func `the program holds the schemas of the files, byte for byte but for white space`() throws {
        #expect(BuiltInSchemas.texts.map(\.type) == EventType.builtInNames.sorted(), "run tools/embed-schemas")
        for (type, schema) in BuiltInSchemas.texts {
            let file = try Self.text("\(type).json")
            #expect(schema == Self.minified(file), "run tools/embed-schemas for \(type)")
        }
    }

    @Test(arguments: EventType.builtInNames)
    func `a schema compiles, names its type and describes what it names`(type: String) throws {
        let text = try Self.text("\(type).json")
        _ = try EventSchema(json: text)
        var tape = JSONTape()
        try tape.scan(text.utf8)
        let id = try #require(tape.member("$id", of: tape.root))
        #expect(tape.text(of: id) == "https://wayfold.dev/schemas/events/\(type).json")
        for keyword in ["$schema", "title", "description"] {
            #expect(tape.member(keyword, of: tape.root) != nil, "\(keyword) is missing")
        }
        for (name, property) in tape.members(of: try #require(tape.member("properties", of: tape.root))) {
            #expect(tape.member("description", of: property) != nil, "\(tape.text(of: name)!) has no description")
        }
    }

    @Test(arguments: EventType.builtInNames)
    func `the examples in a schema are good, and all that they hold is named`(type: String) throws {
        let registry = SchemaRegistry()
        let builtIn = try #require(EventType(builtIn: type))
        var tape = JSONTape()
        try tape.scan(Self.text("\(type).json").utf8)
        let root = tape.root
        let examples = try #require(tape.member("examples", of: root))
        #expect(tape.count(of: examples) > 0)
        let named = try #require(tape.member("properties", of: root))
        for example in tape.elements(of: examples) {
            var personal: [JSONNode] = []
            #expect(throws: Never.self) {
                try registry.check(
                    type: builtIn, named: type, data: example, of: tape, personal: &personal)
            }
            for (name, _) in tape.members(of: example) {
                #expect(tape.member(tape.text(of: name)!, of: named) != nil)
            }
        }
    }

    @Test(arguments: EventType.builtInNames)
    func `the example of an event carries good data of its type`(type: String) throws {
        var tape = JSONTape()
        try tape.scan(Self.text("examples/\(type).json").utf8)
        let root = tape.root
        for (attribute, value) in [("specversion", "1.0"), ("type", type), ("datacontenttype", "application/json")] {
            #expect(tape.member(attribute, of: root).flatMap { tape.text(of: $0) } == value)
        }
        var personal: [JSONNode] = []
        let data = try #require(tape.member("data", of: root))
        let builtIn = try #require(EventType(builtIn: type))
        try SchemaRegistry().check(type: builtIn, named: type, data: data, of: tape, personal: &personal)
    }

    @Test func `names, addresses and free text are personal and figures are not`() throws {
        let personal = try Self.topLevelPersonal()
        let expected = [
            "chat.messaged": ["text"], "customer.identified": ["alias"], "customer.merged": ["alias", "note"],
            "customer.split": ["aliases", "note"], "profile.updated": ["traits"], "search.performed": ["query"],
            "survey.answered": ["text"], "order.paid": ["payer", "account"], "points.redeemed": [],
            "campaign.opened": ["userAgent", "ip"],
        ]
        for (type, names) in expected { #expect(personal[type] == names, "\(type)") }
    }

    /// The names that each schema marks at its top.
    static func topLevelPersonal() throws -> [String: [String]] {
        var marked: [String: [String]] = [:]
        for (type, text) in BuiltInSchemas.texts {
            var tape = JSONTape()
            try tape.scan(text.utf8)
            let properties = try #require(tape.member("properties", of: tape.root))
            marked[type] = tape.members(of: properties).compactMap { name, property in
                tape.member("x-personal", of: property) == nil ? nil : tape.text(of: name)
            }
        }
        return marked
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    /// The names of the JSON files in a folder, in order.
    static func files(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted()
    }

    /// A JSON text without the white space between its tokens.
    static func minified(_ text: String) -> String {
        var bytes: [UInt8] = []
        var (isInString, isEscaped) = (false, false)
        for byte in text.utf8 {
            if !isInString && [0x20, 0x0A, 0x0D, 0x09].contains(byte) { continue }
            bytes.append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString.toggle()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
