import Policies
import Testing
import Touchpoints

@testable import Ingest

struct SegmentClockTests {
    private static func exported(_ times: String) throws -> Outcome {
        var outcome = Outcome()
        var policy = Policy.default.segment
        policy.source = "web"
        var reader = SegmentEventReader(decoder: EventDecoder(context: .builtIn), policy: policy)
        let line = #"{"type":"track","event":"E","userId":"7","messageId":"m"\#(times)}"#
        reader.push(Array(line.utf8), into: &outcome.batch, rejected: &outcome.rejected)
        reader.finish(into: &outcome.batch, rejected: &outcome.rejected)
        return outcome
    }

    @Test(
        arguments: [
            ("", "", "now"), (#","timestamp":"2026-03-01T09:00:00Z""#, "", "2026-03-01T09:00:00Z"),
            // Ten minutes slow, five seconds from making to sending.
            (#","timestamp":"2026-03-01T08:50:00Z","sentAt":"2026-03-01T08:50:05Z""#, "", "2026-03-01T08:59:57Z"),
            (#","timestamp":"2026-03-01T08:50:00Z""#, #","sentAt":"2026-03-01T08:50:05Z""#, "2026-03-01T08:59:57Z"),
            (
                #","originalTimestamp":"2026-03-01T08:50:00Z""#, #","sentAt":"2026-03-01T08:50:05Z""#,
                "2026-03-01T08:59:57Z"
            ),
            // The message's own goes before that of the batch; what is no time corrects nothing.
            (
                #","timestamp":"2026-03-01T08:50:00Z","sentAt":"2026-03-01T08:50:01Z""#,
                #","sentAt":"2026-03-01T08:50:05Z""#, "2026-03-01T09:00:01Z"
            ),
            (#","timestamp":"2026-03-01T09:00:00Z""#, #","sentAt":"soon""#, "2026-03-01T09:00:00Z"),
            (#","sentAt":"2026-03-01T08:50:05Z""#, "", "now"),
        ])
    func `a posted message happened by our clock`(times: String, shared: String, occurred: String) throws {
        let message = #"{"type":"track","event":"E","userId":"7","messageId":"m"\#(times)}"#
        let outcome = try Outcome(segment: #"{"batch":[\#(message)]\#(shared)}"#, as: .batch)
        #expect(outcome.words(0)[0] == "m E customer:7 \(occurred)")
    }

    @Test(
        arguments: [
            (#","timestamp":"2026-03-01T09:00:00Z","sentAt":"2026-03-01T09:00:05Z""#, "2026-03-01T09:00:00Z"),
            (
                #","timestamp":"2026-03-01T08:50:00Z","sentAt":"2026-03-01T08:50:05Z","receivedAt":"2026-03-01T09:00:05Z""#,
                "2026-03-01T09:00:00Z"
            ),
            (
                #","originalTimestamp":"2026-03-01T08:50:00Z","timestamp":"2026-03-01T08:59:59Z","sentAt":"2026-03-01T08:50:05Z","receivedAt":"2026-03-01T09:00:05Z""#,
                "2026-03-01T08:59:59Z"
            ),
        ])
    func `an exported message happened as it says`(times: String, occurred: String) throws {
        #expect(try Self.exported(times).words(0)[0] == "m E customer:7 \(occurred)")
    }

    @Test func `an exported message is the one that was posted`() throws {
        let posted = try Outcome(
            segment:
                #"{"event":"E","userId":"7","messageId":"m","timestamp":"2026-03-01T08:50:00Z","sentAt":"2026-03-01T08:50:05Z"}"#,
            as: .track)
        let exported = try Self.exported(
            #","originalTimestamp":"2026-03-01T09:50:00+01:00","timestamp":"2026-03-01T08:59:58Z","integrations":{}"#)
        #expect(posted.draft.content == exported.draft.content)
        #expect(posted.draft.occurred != exported.draft.occurred)
    }
}
