import Policies
import Touchpoints

@testable import Ingest

extension Outcome {
    /// What a reader makes of the body of a request.
    init(
        segment body: String, as call: SegmentCall, receivedAt: String = "2026-03-01T09:00:02Z",
        policy: SegmentPolicy = Policy.default.segment, limits: SegmentLimits = SegmentLimits()
    ) throws {
        try self.init(
            segment: Array(body.utf8), as: call, receivedAt: receivedAt, policy: policy, limits: limits)
    }

    init(
        segment body: [UInt8], as call: SegmentCall, receivedAt: String = "2026-03-01T09:00:02Z",
        policy: SegmentPolicy = Policy.default.segment, limits: SegmentLimits = SegmentLimits()
    ) throws {
        self.init()
        var reader = SegmentReader(decoder: EventDecoder(context: .builtIn), policy: policy, limits: limits)
        try reader.read(
            body, as: call, source: "web", receivedAt: try Timestamp(rfc3339: receivedAt), into: &batch,
            rejected: &rejected)
    }

    /// What it makes of one message, with members of the caller's beside an id and a user.
    init(track event: String, _ properties: String, _ members: String = "") throws {
        try self.init(
            segment: #"{"messageId":"m","userId":"7","event":"\#(event)","properties":\#(properties)\#(members)}"#,
            as: .track)
    }

    /// All of the data of the one event.
    var whole: String { String(words(0)[2].dropFirst("  whole ".count)) }
}
