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

    static let paths = Set(SegmentCall.allCases.map(path))

    static func path(_ call: SegmentCall) -> String { "/v1/" + call.rawValue }

    let intakes: Intakes

    func post(_ call: Call, _ kind: SegmentCall) async throws -> Response {
        try call.parameters.allowOnly([])
        var input = try BodyInput(call.request)
        let body = try await input.all(upTo: Self.bodyByteCount, in: intakes.bodies)
        let intake = intakes.intake(of: call.caller)
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
        intake.note(refused: rejected.count)
        let fates = EventFate.all(batch, try await intake.append(batch, EventIntake.Wishes()), rejected)
        let list = fates.filter { !$0.verdict.isKept }.map { Report.json($0.json(at: .index)) }
        return Response.json(
            .fields([("success", .value(.flag(true))), ("rejected", .list(list))]), for: call.request)
    }
}
