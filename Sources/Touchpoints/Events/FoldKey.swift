/// An event's place in occurred order: (t, sequence, position), rule 2.
public struct FoldKey: Hashable, Comparable, Sendable, BitwiseCopyable {
    public var time: Timestamp
    public var sequence: Int64
    public var position: Position

    @inlinable public init(time: Timestamp, sequence: Int64, position: Position) {
        self.time = time
        self.sequence = sequence
        self.position = position
    }

    /// Before every event.
    public static let start = FoldKey(time: .distantPast, sequence: .min, position: .start)

    @inlinable public static func < (a: FoldKey, b: FoldKey) -> Bool {
        if a.time != b.time { return a.time < b.time }
        if a.sequence != b.sequence { return a.sequence < b.sequence }
        return a.position < b.position
    }
}
