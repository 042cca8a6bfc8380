/// The schemas in force: those of the built-in types, and those activated for types of the user's own.
///
/// A value: an activation makes no difference to copies made before. Of several versions for one type the last
/// activated is in force. A built-in type keeps its schema, because the engine and its views rely on it.
public struct SchemaRegistry: DataRules {
    /// A schema that was activated for a type.
    public struct Activated: Sendable {
        /// 1, 2, 3 ... for each type.
        public var version: Int64
        /// The JSON Schema, as it was given.
        public var text: String
        public var schema: EventSchema
    }

    /// The activated schema in force of each type of the user's own.
    public private(set) var activated: [String: Activated] = [:]

    /// The built-in types only.
    public init() {}

    /// The schema in force for a type; nil for one without, all of whose data is personal.
    public func schema(of type: String) -> EventSchema? {
        Self.builtIn[type] ?? activated[type]?.schema
    }

    /// The version that the next activation for a type carries.
    public func nextVersion(of type: String) -> Int64 { (activated[type]?.version ?? 0) + 1 }

    /// Puts a schema in force for a type of the user's own.
    ///
    /// - Throws: if the type is the engine's to define, the version is not greater than the one in force, or the
    ///   text is no schema that we take; then nothing has changed.
    public mutating func activate(type: String, version: Int64, json: String) throws(SchemaError) {
        guard !type.isEmpty else { throw SchemaError(path: "", reason: "expected the name of a type") }
        guard Self.builtIn[type] == nil, !type.hasPrefix("admin.") else {
            throw SchemaError(path: "", reason: "\(type) is a built-in type, whose schema cannot be replaced")
        }
        guard version >= nextVersion(of: type) else {
            throw SchemaError(path: "", reason: "\(type) has a schema of version \(version) or later already")
        }
        activated[type] = Activated(version: version, text: json, schema: try EventSchema(json: json))
    }

    public func check(
        type: EventType, named name: String, data: JSONNode, of tape: JSONTape, personal: inout [JSONNode]
    ) throws(Refusal) {
        if type != .none {
            // Read in place: a copy would count references of all its tables up and down.
            try Self.builtInByNumber.span[Int(type.rawValue) - 1].check(data, of: tape, personal: &personal)
        } else if let schema = activated[name]?.schema {
            try schema.check(data, of: tape, personal: &personal)
        } else {
            personal.append(data)
        }
    }
}

extension SchemaRegistry {
    /// The built-in types in alphabetical order, each with its JSON Schema (without white space between its tokens).
    public static var builtInTexts: [(type: String, schema: String)] { BuiltInSchemas.texts }

    private static let builtIn: [String: EventSchema] = {
        var schemas: [String: EventSchema] = [:]
        for (type, text) in BuiltInSchemas.texts {
            do throws(SchemaError) {
                schemas[type] = try EventSchema(json: text)
            } catch {
                preconditionFailure("the built-in schema of \(type) is bad: \(error)")
            }
        }
        return schemas
    }()

    private static let builtInByNumber = EventType.builtInNames.map { builtIn[$0]! }
}
