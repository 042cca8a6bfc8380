/// What an export writes.
public enum ExportFormat: String, CaseIterable, Sendable, Codable {
    /// A file a part, by RFC 4180; null is an empty field, an empty text is `""`.
    case csv
    /// A file a part, an object a line.
    case ndjson
    /// One database with a table a part.
    case sqlite
}

/// An export that cannot be made, in words for people.
public struct ExportError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
