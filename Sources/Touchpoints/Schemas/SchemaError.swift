/// Why a text is no schema that we take.
public struct SchemaError: Error, Sendable, Equatable {
    /// Where in the schema, as a JSON pointer (`/properties/total/pattern`); empty for the schema as a whole.
    public var path: String
    /// What is wrong and what was expected, for people.
    public var reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

extension SchemaError: CustomStringConvertible {
    public var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}
