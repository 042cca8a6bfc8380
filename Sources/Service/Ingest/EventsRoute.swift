import EventLog
import HTTPTypes
import Hummingbird
import Ingest
import Touchpoints
import Wayfold

/// `POST /v1/events`: CloudEvents in all modes of the HTTP binding, and as lines of any number.
struct EventsRoute: Sendable {
    let intakes: Intakes
    let limits: ServiceLimits

    func post(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly(["validate"])
        var wishes = EventIntake.Wishes()
        let isTrial = try isTrial(call.parameters)
        wishes.isStrict = try Self.isStrict(call.request.headers)
        let kind = try BodyKind(call.request.headers)
        wishes.expected = try expected(call.request.headers, kind)
        let intake = try await intakes.intake(of: call.caller, isTrial: isTrial)
        if kind == .lines, !wishes.isStrict {
            return try await EventLines(
                intake: intake, bodies: intakes.bodies, wishes: wishes, logger: call.context.logger
            ).respond(to: call.request)
        }
        var input = try BodyInput(call.request, room: intakes.bodies)
        let body = try await input.all(upTo: limits.bodyByteCount)
        switch kind {
        case .event: return try await postOne(body, intake, wishes)
        case .json where Self.isObject(body): return try await postOne(body, intake, wishes)
        case .data(let type):
            let event = try BinaryEvent.structured(call.request.headers, data: body, type: type)
            return try await postOne(event, intake, wishes)
        case .batch, .json:
            // If-Match was let through, since the body could have been a single event.
            if wishes.expected != nil { throw Self.singleOnly }
            return try await postAll(body, at: .index, intake, wishes)
        case .lines: return try await postAll(body, at: .line, intake, wishes)
        }
    }

    private func isTrial(_ parameters: QueryParameters) throws(Problem) -> Bool {
        switch try parameters["validate"] {
        case nil: return false
        case "only": return true
        case let other?: throw Problem(.badRequest, "validate is \(other); it can be only")
        }
    }

    private static var singleOnly: Problem { Problem(.badRequest, "If-Match is for a single event") }

    private static func isObject(_ body: [UInt8]) -> Bool {
        body.trimmingPrefix([0xEF, 0xBB, 0xBF]).first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
    }

    /// RFC 7240; preferences that are not known are passed over.
    static func isStrict(_ fields: HTTPFields) throws(Problem) -> Bool {
        let words = fields[values: .prefer].flatMap { $0.split(separator: ",") }
            .map { $0.filter { $0 != " " && $0 != "\"" }.lowercased() }
        guard let wish = words.first(where: { $0.hasPrefix("handling=") }) else { return false }
        switch wish {
        case "handling=strict": return true
        case "handling=lenient": return false
        default: throw Problem(.badRequest, "\(wish): the handling can be strict or lenient")
        }
    }

    /// `If-Match: "POSITION"`: the last position that the customer of the event must have.
    private func expected(_ fields: HTTPFields, _ kind: BodyKind) throws(Problem) -> Position? {
        guard let text = fields[.ifMatch] else { return nil }
        switch kind {
        case .event, .data, .json: break
        case .batch, .lines: throw Self.singleOnly
        }
        guard text.hasPrefix("\""), text.hasSuffix("\""), let position = UInt64(text.dropFirst().dropLast()) else {
            throw Problem(.badRequest, "If-Match is \(text); expected the customer's last position as \"120\"")
        }
        return Position(position)
    }
}

extension EventsRoute {
    /// One event, whose fate is the status of the answer.
    private func postOne(
        _ body: [UInt8], _ intake: EventIntake, _ wishes: EventIntake.Wishes
    ) async throws -> Response {
        let (batch, rejected) = try await read(body, at: .index, intake)
        guard batch.count + rejected.count == 1 else {
            throw Problem(.badRequest, "expected one event; the body has \(batch.count + rejected.count)")
        }
        let fates = EventFate.all(batch, try await intake.append(batch, wishes), rejected)
        switch fates[0].verdict {
        case .stored, .duplicate: break
        case .conflict(let position, let differing):
            let what = differing.isEmpty ? "other content" : "other content: \(differing.joined(separator: ", "))"
            var problem = Problem(.conflict, "its source and id stand at position \(position) with \(what)")
            problem.members = [("position", .integer(position.rawValue)), ("differing", .texts(differing))]
            throw problem
        case .refused(let refusal): throw Problem(refusal)
        case .outdated(let last):
            var problem = Problem(.outdated, "the customer's last position is \(last)")
            problem.members = [("last_position", .integer(last.rawValue))]
            throw problem
        case .withheld: preconditionFailure("a single event has no other that could hold it back")
        }
        var tally = FateTally()
        tally.add(fates[0].verdict)
        return Self.response(fates[0].json(at: .index), tally, wishes, intake)
    }

    /// An array or lines as a whole: a verdict for each.
    private func postAll(
        _ body: [UInt8], at place: EventFate.Place, _ intake: EventIntake, _ wishes: EventIntake.Wishes
    ) async throws -> Response {
        let (batch, rejected) = try await read(body, at: place, intake)
        guard batch.count + rejected.count > 0 else { throw Problem(.badRequest, "the body has no event") }
        let verdicts =
            wishes.isStrict && !rejected.isEmpty
            ? batch.drafts.map { _ in Verdict.withheld } : try await intake.append(batch, wishes)
        let fates = EventFate.all(batch, verdicts, rejected)
        var tally = FateTally()
        for fate in fates { tally.add(fate.verdict) }
        let list = EventFate.list(fates, at: place)
        if tally.isFailure {
            var problem = Problem(.refused, "none of \(fates.count) events was stored; verdicts says why of each")
            problem.members = tally.members + [("verdicts", .json(list))]
            throw problem
        }
        let answer = Report.fields(tally.members + [("verdicts", .json(list))]).json
        return Self.response(answer, tally, wishes, intake)
    }

    /// Reads a whole body, event by event.
    ///
    /// - Throws: ``Problem`` (413) where it has more events than the limit, (400) where it is to be JSON and is not.
    private func read(
        _ body: [UInt8], at place: EventFate.Place, _ intake: EventIntake
    ) async throws -> (batch: DraftBatch, rejected: [RejectedEvent]) {
        var reader = EventReader(decoder: try await intake.decoder())
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        for start in stride(from: 0, to: body.count, by: Self.pieceByteCount) {
            if start > 0 { await Task.yield() }
            let piece = Array(body[start..<min(body.count, start + Self.pieceByteCount)])
            reader.push(piece, into: &batch, rejected: &rejected)
            guard batch.count + rejected.count <= limits.bodyEvents else { throw tooMany }
        }
        reader.finish(into: &batch, rejected: &rejected)
        if place == .index, !rejected.isEmpty { try Self.checkSyntax(body, rejected) }
        intake.note(rejected)
        return (batch, rejected)
    }

    /// A body that is no JSON has no events that could be refused; only where some were is there anything to look for.
    private static func checkSyntax(_ body: [UInt8], _ rejected: [RejectedEvent]) throws(Problem) {
        var tape = JSONTape()
        do { try tape.scan(body.trimmingPrefix([0xEF, 0xBB, 0xBF])) } catch {
            if error.reason.isSyntax { throw Problem(.badRequest, "the body is no JSON: \(error)") }
        }
        // An event with a fault of its own stands before the body's.
        if rejected.contains(where: { $0.raw.isEmpty }) {
            throw Problem(.badRequest, "the body is no JSON: the array of events is not closed")
        }
    }

    /// Bytes that are read before others get their turn.
    private static let pieceByteCount = 128 * 1_024

    private var tooMany: Problem {
        Problem(
            .tooLarge,
            "the body has more than \(limits.bodyEvents) events; without handling=strict, application/x-ndjson has no limit"
        )
    }

    private static func response(
        _ json: String, _ tally: FateTally, _ wishes: EventIntake.Wishes, _ intake: EventIntake
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "application/json"
        if wishes.isStrict { headers[.preferenceApplied] = "handling=strict" }
        if intake.trial == nil {
            headers[.position] = tally.lastPosition.map { "\($0)" }
            headers[.epoch] = "\(intake.workspace.folder.epoch)"
        }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: json + "\n")))
    }
}

extension Problem {
    /// A single event that was refused.
    init(_ refusal: Refusal) {
        self.init(.refused, (refusal.field.isEmpty ? "" : refusal.field + ": ") + refusal.reason)
        members = [("field", .text(refusal.field)), ("reason", .text(refusal.reason))]
    }
}
