import HTTPTypes
import Hummingbird
import Ingest
import Touchpoints
import Wayfold

/// Segment's tracking API: what its libraries and those of others that speak it post, mapped to events.
///
/// A message that cannot be stored does not fail its request, since the libraries would send all of it again for ever: as
/// with Segment itself the answer is 200, and tells in `rejected` what was left out. Only a body that is no such message at
/// all is refused with 400.
struct SegmentRoute: Sendable {
    /// Segment's libraries stop before 500 KB, RudderStack's at 4 MiB.
    private static let bodyByteCount = 4 << 20
    /// Of those who say in the body who they are: what Segment itself takes at most, as its libraries know.
    private static let strangerByteCount = 512 * 1_024

    static let paths = Set(SegmentCall.allCases.map(path))

    static func path(_ call: SegmentCall) -> String { "/v1/" + call.rawValue }

    let intakes: Intakes

    func post(_ call: Call, _ kind: SegmentCall) async throws -> Response {
        try call.parameters.allowOnly([])
        var input = try BodyInput(call.request, room: intakes.bodies)
        let body = try await input.all(upTo: Self.bodyByteCount)
        let intake = try await intakes.intake(of: call.caller)
        let rules = try await call.workspace.rules
        var limits = SegmentLimits()
        limits.bodyByteCount = Self.bodyByteCount
        var reader = SegmentReader(
            decoder: EventDecoder(context: rules.context), policy: rules.policy.segment, limits: limits)
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        do {
            try reader.read(
                body, as: kind, source: rules.policy.segment.source, receivedAt: SystemClock.now(), into: &batch,
                rejected: &rejected)
        } catch {
            throw Problem(.badRequest, "\(error)")
        }
        intake.note(rejected)
        let fates = EventFate.all(batch, try await intake.append(batch, EventIntake.Wishes()), rejected)
        let list = fates.filter { !$0.verdict.isKept }.map { Report.json($0.json(at: .index)) }
        return Response.json(
            .fields([("success", .value(.flag(true))), ("rejected", .list(list))]), for: call.request)
    }

    /// The member `writeKey` of the body, by which Segment's API lets clients say who they are that send no header; the
    /// request goes on with the body that was read.
    func writeKey(in request: inout Request, _ kind: SegmentCall) async throws -> String? {
        var input = try BodyInput(request, room: intakes.strangers)
        let body = try await input.all(upTo: Self.strangerByteCount)
        var head = request.head
        head.headerFields[.contentEncoding] = nil
        request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
        return SegmentReader.writeKey(in: body, as: kind)
    }
}
