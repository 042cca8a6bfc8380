/// Why nothing was signed or proved, in words for people.
public struct AuditError: Error, CustomStringConvertible {
    public let description: String

    static let altered = AuditError(
        "the log was altered: it is not the one that was signed. `wayfold verify` says where")

    init(_ description: String) { self.description = description }
}
