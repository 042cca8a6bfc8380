import Touchpoints

/// Sessions and phases.
public struct JourneyPolicy: Equatable, Sendable {
    /// Without a session id, a longer silence than this ends a session.
    public var sessionGap: Elapsed
    /// A session with an id ends when this long has passed without an event of it.
    public var sessionEndsAfter: Period
    /// The phases in their order; a type that is in none belongs to ``otherPhase``, which comes last.
    public var phases: [Phase]

    public struct Phase: Equatable, Sendable {
        public var name: String
        /// Names of event types.
        public var types: [String]
    }

    public static let otherPhase = "other"

    /// The name of the phase that a type belongs to. O(types in the policy): look it up once a type.
    public func phase(ofType name: String) -> String {
        phases.first { $0.types.contains(name) }?.name ?? Self.otherPhase
    }
}
