/// Why nothing was signed or proved, in words for people.
public struct AuditError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
