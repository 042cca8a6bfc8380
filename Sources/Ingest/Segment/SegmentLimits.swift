/// How much one request may hold. The defaults are those that Segment documents.
public struct SegmentLimits: Sendable, Equatable {
    /// Bytes of a body, inflated where it came compressed.
    public var bodyByteCount = 500 << 10
    /// Bytes of one message; a greater one is refused by itself.
    public var messageByteCount = 32 << 10
    /// Messages in a batch.
    public var messageCount = 2_500

    public init() {}
}
