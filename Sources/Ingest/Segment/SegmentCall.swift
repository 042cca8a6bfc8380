/// The calls of Segment's tracking API, as its paths (`/v1/track`) and the member `type` of messages name them.
public enum SegmentCall: String, CaseIterable, Sendable {
    case track, identify, page, screen, group, alias
    /// Several messages in one request, each with its own `type`.
    case batch

    /// Those that one message can be.
    static let single = allCases.filter { $0 != .batch }
}
