public import Touchpoints

/// A word on membership: the last one in the pool holds.
public struct Membership: Hashable, Sendable, BitwiseCopyable {
    /// The event that said it.
    public let position: Position
    public let strand: StrandNumber
    /// `member.enrolled`, not `member.left`.
    public let isEnrolment: Bool
}
