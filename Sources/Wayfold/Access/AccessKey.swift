public import Touchpoints

/// A key to a data folder as it is kept: everything but its token.
public struct AccessKey: Sendable {
    /// 12 characters of base32, which say nothing; the key is known by it.
    public let id: String
    public let scopes: Set<AccessScope>
    public let created: Timestamp
    /// From then on it opens nothing; nil: never.
    public let expires: Timestamp?
    /// Since then it opens nothing.
    public internal(set) var revoked: Timestamp?
    /// What it is for, for people.
    public let note: String?
    let digest: TokenDigest

    /// Whether it opens anything at a time.
    public func isValid(at now: Timestamp) -> Bool { revoked == nil && expires.map { now < $0 } ?? true }
}

/// What a key allows who has shown its token.
public struct KeyGrant: Hashable, Sendable {
    public let id: String
    public let scopes: Set<AccessScope>
    public let note: String?

    init(_ key: AccessKey) { (id, scopes, note) = (key.id, key.scopes, key.note) }

    /// In whose name its bearer appends.
    public var actor: String { "key:\(id)" }
}

/// The keys of a folder cannot be read or changed.
public struct AccessKeyError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
