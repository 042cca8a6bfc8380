/// A law of projectors that one does not keep, and how it was seen.
public struct LawViolation: Sendable, Equatable, CustomStringConvertible {
    public enum Law: String, Sendable {
        /// The same events give the same state and the same totals, always.
        case isDeterministic
        /// A state read back from its bytes is the same state with the same bytes, and none are left over.
        case encodesItsState
        /// No step throws, and each wake-up lies strictly after the step that asks for it.
        case takesEveryStep
        /// The runtime, with late events, batches and reopenings, gives what the slow fold gives.
        case foldsAlike
    }

    public let law: Law
    /// What was seen, and after which event or under which seed.
    public let description: String
}
