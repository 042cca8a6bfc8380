import Touchpoints

/// An event that was refused before it reached the log: where it stood, why, and its bytes to keep.
public struct RejectedEvent: Error, Sendable, Equatable {
    /// The line it began on, or its ordinal in an array that begins the stream; 1 is the first.
    public var line: UInt64
    /// The event's id where it could be read.
    public var id: String?
    public var refusal: Refusal
    /// The event as it came; of one beyond ``EventReader/maximalEventBytes`` only the beginning.
    public var raw: [UInt8]

    public init(line: UInt64, id: String? = nil, refusal: Refusal, raw: [UInt8]) {
        self.line = line
        self.id = id
        self.refusal = refusal
        self.raw = raw
    }
}
