/// What somebody may do with a data folder.
public enum AccessScope: String, CaseIterable, Sendable {
    /// Append events.
    case ingest
    /// Ask views, and read events.
    case query
    /// Redeem points, and what else decides and appends at once.
    case command
    /// Everything that proves how the log came to be.
    case audit
    /// Keys, policies, schemas.
    case admin
}

extension Set<AccessScope> {
    /// The names, in the order of the cases.
    public var names: [String] { AccessScope.allCases.filter(contains).map(\.rawValue) }
}
