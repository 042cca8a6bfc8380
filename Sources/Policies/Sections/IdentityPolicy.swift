/// Who a customer is: kinds of aliases, and what bare subjects are.
public struct IdentityPolicy: Equatable, Sendable {
    /// The kinds from the highest to the lowest: a customer is shown by its alias of the highest.
    public var kinds: [AliasKind]
    /// The kind that a bare subject has, by the event's source.
    public var kindsBySource: [String: String]
    /// Kinds whose customers are shown without the kind.
    public var hiddenKinds: [String]

    public struct AliasKind: Equatable, Sendable {
        public var name: String
        public var scope: Scope
    }

    /// Whether an alias can belong to more than one person in its life.
    public enum Scope: String, CaseIterable, Sendable {
        /// One person's for good: a member number, an e-mail address.
        case exclusive
        /// Handed on: a cookie, a device, a phone number.
        case shared
    }

    /// The scope of a kind; one that the policy does not name is exclusive. O(kinds).
    public func scope(of kind: String) -> Scope { kinds.first { $0.name == kind }?.scope ?? .exclusive }

    /// The place of a kind, 0 is the highest; those that the policy does not name come after all others. O(kinds).
    public func rank(of kind: String) -> Int { kinds.firstIndex { $0.name == kind } ?? kinds.count }

    /// The kind of a bare subject from `source`: the policy's, else `id@` and the source with `:` written `%3A`.
    public func kind(ofSource source: String) -> String {
        kindsBySource[source] ?? "id@"
            + source.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "%3A")
    }
}
