public import Policies
public import Touchpoints

/// Reads requests of Segment's HTTP tracking API as events.
///
/// ```swift
/// var reader = SegmentReader(decoder: EventDecoder(context: rules.context), policy: rules.policy.segment)
/// try reader.read(body, as: .batch, source: "segment", receivedAt: now, into: &batch, rejected: &rejected)
/// ```
///
/// What a message becomes is said at ``SegmentCall`` and in the policy. Its `messageId` is the event's id, and without one
/// a hash of what its producer made. Its content is what the producer made, with the producer's own time, so a message
/// that is sent again is a duplicate; it happened at `receivedAt - (sentAt - timestamp)`, by our clock. Not kept are
/// `context.ip`, `sentAt`, `receivedAt`, `integrations` and `writeKey`; what means nothing to us is kept in `data.segment`.
public struct SegmentReader: ~Copyable {
    private var mapper: SegmentMapper
    private let limits: SegmentLimits
    private var tape = JSONTape()

    public init(decoder: consuming EventDecoder, policy: SegmentPolicy, limits: SegmentLimits = SegmentLimits()) {
        mapper = SegmentMapper(decoder: decoder, policy: policy)
        self.limits = limits
    }

    /// Reads the body of one request, inflated. Appends what became of its messages: to `batch` the events of those that
    /// are good, one or two of each, and to `rejected` the others. The line of both is the message's ordinal, from 1 on.
    ///
    /// O(the body).
    /// - Throws: where the request cannot be read as a whole; nothing is appended then.
    public mutating func read(
        _ body: [UInt8], as call: SegmentCall, source: String, receivedAt: Timestamp, into batch: inout DraftBatch,
        rejected: inout [RejectedEvent]
    ) throws(SegmentBodyError) {
        let limit = call == .batch ? limits.bodyByteCount : limits.messageByteCount
        guard body.count <= limit else { throw .tooLong(limit: limit) }
        var origin = SegmentMapper.Origin(source: source, line: 1, receivedAt: receivedAt)
        guard call == .batch else {
            do { try tape.scan(body) } catch { throw .notJSON(error) }
            take(body[...], call, origin, &batch, &rejected)
            return
        }
        let whole = try SegmentBody(body, limits: limits)
        origin.shared = SegmentShared(of: whole.shell)
        for (index, range) in whole.messages.enumerated() {
            origin.line = UInt64(index + 1)
            take(body[range], nil, origin, &batch, &rejected)
        }
    }

    /// The member `writeKey` of a body, by which a client may say who it is; nil where there is none, or no body that can
    /// be read. O(the body).
    public static func writeKey(
        in body: [UInt8], as call: SegmentCall, limits: SegmentLimits = SegmentLimits()
    ) -> String? {
        var tape = JSONTape()
        if call == .batch {
            guard let whole = try? SegmentBody(body, limits: limits) else { return nil }
            tape = whole.shell
        } else {
            guard (try? tape.scan(body)) != nil else { return nil }
        }
        return tape.member("writeKey", of: tape.root).flatMap { tape.text(of: $0) }
    }

    /// - Parameter call: nil: the message says it.
    private mutating func take(
        _ bytes: ArraySlice<UInt8>, _ call: SegmentCall?, _ origin: SegmentMapper.Origin, _ batch: inout DraftBatch,
        _ rejected: inout [RejectedEvent]
    ) {
        let bytes = EventFraming.trimmed(bytes)
        let fault =
            bytes.count > limits.messageByteCount
            ? "the message is longer than \(limits.messageByteCount) bytes" : nil
        mapper.take(bytes, fault: fault, call, origin, by: &tape, into: &batch, rejected: &rejected)
    }
}

extension SegmentMapper {
    /// Scans and takes one message, or says why not.
    ///
    /// - Parameters:
    ///   - fault: why the bytes are no message, whatever is in them.
    ///   - tape: memory for the message.
    mutating func take(
        _ bytes: ArraySlice<UInt8>, fault: String?, _ call: SegmentCall?, _ origin: Origin, by tape: inout JSONTape,
        into batch: inout DraftBatch, rejected: inout [RejectedEvent]
    ) {
        do throws(Refusal) {
            tape.clear()
            if let fault { throw Refusal(field: "", reason: fault) }
            do { try tape.scan(bytes) } catch { throw Refusal(field: "", reason: "\(error)") }
            try take(try SegmentMessage(tape.root, of: tape, call: call), from: origin, into: &batch)
        } catch {
            let id = tape.isEmpty ? nil : tape.member("messageId", of: tape.root).flatMap { tape.text(of: $0) }
            rejected.append(RejectedEvent(line: origin.line, id: id, refusal: error, raw: Array(bytes)))
        }
    }
}
