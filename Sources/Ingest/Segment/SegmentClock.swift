import Touchpoints

/// When a message happened: what its producer said, which is its content, and what that means by our clock.
struct SegmentClock {
    /// The producer's time; nil where there is none.
    let made: Timestamp?
    /// The producer's time without the error of its clock, where that is known.
    let occurred: Timestamp?

    /// - Parameters:
    ///   - sentAt: of the whole batch, where the message has none of its own.
    ///   - receivedAt: nil: what the message says, as an exported one does.
    init(_ message: SegmentMessage, sentAt: Timestamp?, receivedAt: Timestamp?) throws(Refusal) {
        let timestamp = try Self.time(message.timestamp, of: message, "timestamp")
        let original = try Self.time(message.originalTimestamp, of: message, "originalTimestamp")
        made = original ?? timestamp
        if original != nil && timestamp != nil {
            // Who exported the message has corrected its time.
            occurred = timestamp
        } else if let made, let sentAt = Self.known(message.sentAt, of: message) ?? sentAt,
            let receivedAt = receivedAt ?? Self.known(message.receivedAt, of: message)
        {
            occurred = SegmentTime.corrected(made, sentAt: sentAt, receivedAt: receivedAt)
        } else {
            occurred = made
        }
    }

    /// A time that corrects others: one that cannot be read corrects nothing.
    static func known(_ node: JSONNode?, of tape: JSONTape) -> Timestamp? {
        guard let node, tape.kind(of: node) == .string else { return nil }
        return SegmentTime.instant(tape.utf8(of: node))
    }

    private static func known(_ node: JSONNode?, of message: SegmentMessage) -> Timestamp? {
        known(node, of: message.tape)
    }

    private static func time(
        _ node: JSONNode?, of message: SegmentMessage, _ field: String
    ) throws(Refusal) -> Timestamp? {
        guard let node else { return nil }
        guard let time = known(node, of: message.tape) else {
            throw Refusal(field: field, reason: "expected a time like 2024-03-13T10:21:14.000Z")
        }
        return time
    }
}
