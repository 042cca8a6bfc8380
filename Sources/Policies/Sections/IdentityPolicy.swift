/// Who a customer is: kinds of aliases, and what bare subjects are.
public struct IdentityPolicy: Equatable, Sendable {
    /// The kinds from the highest to the lowest: a customer is shown by its alias of the highest.
    public var kinds: [AliasKind]
    /// The kind that a bare subject has, by the event's source.
    public var kindsBySource: [String: String]
    /// Kinds whose customers are shown without the kind.
    public var hiddenKinds: [String]
    /// Values that are nobody's, whatever the kind: what programs send when they know no one. See ``isBlocked(_:)``.
    public var blockedValues: [String] { didSet { blocked = BlockedValues(blockedValues) } }
    private var blocked: BlockedValues

    init(kinds: [AliasKind], kindsBySource: [String: String], hiddenKinds: [String], blockedValues: [String]) {
        self.kinds = kinds
        self.kindsBySource = kindsBySource
        self.hiddenKinds = hiddenKinds
        self.blockedValues = blockedValues
        blocked = BlockedValues(blockedValues)
    }

    public struct AliasKind: Equatable, Sendable {
        public var name: String
        public var scope: Scope
        /// How many aliases of the kind one customer may hold, at least 1; nil: any number.
        public var limit: Int?
        /// `limit` counts those that joined within so many civil days; nil: all of them.
        public var perDays: Int?
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

    /// Whether an alias's value is nobody's: one of ``blockedValues``, with ASCII letters of either case, or nothing but
    /// zeros, dashes and white space. O(length of the value).
    public func isBlocked(_ value: String) -> Bool { isBlocked(utf8: value.utf8.span) }

    /// The same for a value as UTF-8.
    public func isBlocked(utf8 value: Span<UInt8>) -> Bool { blocked.contains(value) || BlockedValues.isFiller(value) }
}
