/// The type of an event as a dense number: the built-in types have fixed ones, others are interned by the log.
///
/// So a fold can test for a built-in type (`event.type == .orderPaid`), and can count others by number; their names are
/// known when a part is read (`view.name(of:)`, `view.type(named:)`).
public struct EventType: DenseNumber {
    public var rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The first number that a log gives to a type which is not built in.
    public static let firstInterned: UInt16 = 256

    /// The built-in type of that name, nil if there is none. O(1).
    public init?(builtIn name: String) { self.init(builtIn: name.utf8Span.span) }

    /// The built-in type of that name in UTF-8, nil if there is none. O(1), about 5 ns.
    public init?(builtIn name: Span<UInt8>) {
        let number = Self.builtInTable.number(of: name)
        if number == 0 { return nil }
        self.init(rawValue: number)
    }

    /// The name of a built-in type, nil for an interned one: its name is in the log's dictionary.
    public var builtInName: String? {
        rawValue >= 1 && Int(rawValue) <= Self.builtInNames.count ? Self.builtInNames[Int(rawValue) - 1] : nil
    }

    /// All built-in types in the order of their numbers.
    public static var allBuiltIn: [EventType] { (1...builtInNames.count).map { EventType(rawValue: UInt16($0)) } }

    private static let builtInTable = TypeNameTable(builtInNames)
}

extension EventType {
    /// What the engine does with events of this type.
    public enum Role: Sendable {
        /// A customer met the company: folded, shown in maps, edges and variants.
        case touchpoint
        /// Folded, but no touchpoint: `profile.updated`, `consent.*`.
        case folded
        /// In timelines only: `customer.*`, `erasure.completed`, the engine family, `admin.*`.
        case recordOnly
    }

    /// The role by rule 21; `admin.*` types are interned, so their name decides (see `init(role:)`).
    public var role: Role {
        switch self {
        case .profileUpdated, .consentGiven, .consentWithdrawn: .folded
        case .customerIdentified, .customerMerged, .customerSplit, .erasureCompleted, .policyActivated,
            .schemaActivated,
            .clockTicked, .eventVoided, .audienceFrozen, .improvementStarted, .improvementEnded:
            .recordOnly
        default: .touchpoint
        }
    }
}
