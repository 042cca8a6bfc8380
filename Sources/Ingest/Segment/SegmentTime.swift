import Touchpoints

/// Times as clients of Segment write them: RFC 3339, and the forms of ISO 8601 that are met beside it.
enum SegmentTime {
    /// Without an offset, or one as `+0100`; days and months of one digit; a date alone. What has no offset is in UTC.
    private static let otherForms = [
        "yyyy-M-d'T'HH:mm:ss.SSSXXX", "yyyy-M-d'T'HH:mm:ssXXX", "yyyy-M-d'T'HH:mm:ss.SSS", "yyyy-M-d'T'HH:mm:ss",
        "yyyy-M-d HH:mm:ss.SSS", "yyyy-M-d HH:mm:ss", "yyyy-M-d",
    ].map { TimeFormat($0)! }

    /// The instant; nil for anything else.
    static func instant(_ text: [UInt8]) -> Timestamp? {
        if let time = try? Timestamp(rfc3339: text.span) { return time }
        for form in otherForms {
            guard let time = form.instant(text, zone: .utc) else { continue }
            return time >= .earliest && time <= .latest ? time : nil
        }
        return nil
    }

    /// When a message happened by our clock: by as much before it came as, by the client's clock, before it was sent.
    static func corrected(_ made: Timestamp, sentAt: Timestamp, receivedAt: Timestamp) -> Timestamp {
        min(max(receivedAt - (sentAt - made), .earliest), .latest)
    }
}
