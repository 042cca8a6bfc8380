public import Policies
public import Touchpoints

/// Reads files of Segment's messages as events: one a line, or an array, as Segment and RudderStack export them.
///
/// As ``SegmentReader``, but that the time at which a message was received is the message's own `receivedAt`; one that has
/// both `originalTimestamp` and `timestamp` has been corrected by who exported it.
public struct SegmentEventReader: ~Copyable {
    private var mapper: SegmentMapper
    private let source: String
    private var tape = JSONTape()
    private var framing = EventFraming()

    public init(decoder: consuming EventDecoder, policy: SegmentPolicy) {
        mapper = SegmentMapper(decoder: decoder, policy: policy)
        source = policy.source
    }

    /// Takes the next bytes; appends what became of the messages that they complete.
    public mutating func push(_ chunk: [UInt8], into batch: inout DraftBatch, rejected: inout [RejectedEvent]) {
        framing.push(chunk) { frame in Self.take(frame, source, &mapper, &tape, &batch, &rejected) }
    }

    /// Ends a file; what is pushed next is another one.
    public mutating func finish(into batch: inout DraftBatch, rejected: inout [RejectedEvent]) {
        framing.finish { frame in Self.take(frame, source, &mapper, &tape, &batch, &rejected) }
    }

    private static func take(
        _ frame: EventFraming.Frame, _ source: String, _ mapper: inout SegmentMapper, _ tape: inout JSONTape,
        _ batch: inout DraftBatch, _ rejected: inout [RejectedEvent]
    ) {
        let origin = SegmentMapper.Origin(source: source, line: frame.line)
        mapper.take(
            frame.bytes, fault: frame.fault, nil, origin, by: &tape, into: &batch, rejected: &rejected)
    }
}
