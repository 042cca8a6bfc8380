import EventLog
import HTTPTypes
import Hummingbird
import Ingest
import Logging
import Touchpoints
import Wayfold

/// Lines of events of any number, stored in batches as they come.
///
/// With `Accept: application/x-ndjson` each event's verdict is a line of the answer, told as soon as it is known, with the
/// tally as the last line; otherwise the answer is the tally with the first events that were not stored.
struct EventLines: Sendable {
    /// Events that are handed to the log at once.
    private static let batchCount = 2_000
    private static let batchByteCount = 1 << 20
    /// What came is stored with the next bytes after so long.
    private static let patience = Duration.milliseconds(100)
    /// Of the events that were not stored, so many are told in a tally.
    private static let toldCount = 100

    let intake: EventIntake
    /// What is held of bodies.
    let bodies: IntakeRoom
    let wishes: EventIntake.Wishes
    let logger: Logger

    func respond(to request: Request) async throws -> Response {
        _ = try BodyCoding(request.headers)
        if Acceptance(request.headers[.accept]).best(of: ["application/json", "application/x-ndjson"])
            == "application/x-ndjson"
        {
            return streamed(request)
        }
        var tally = FateTally()
        var told: [String] = []
        var body = try BodyInput(request, room: bodies)
        try await forEachBatch(of: &body) { fates in
            for fate in fates {
                tally.add(fate.verdict)
                if !fate.verdict.isKept, told.count < Self.toldCount { told.append(fate.json(at: .line)) }
            }
        }
        guard tally.count > 0 else { throw Problem(.badRequest, "the body has no event") }
        let members = tally.members + [("not_stored", Report.json("[" + told.joined(separator: ",") + "]"))]
        if tally.isFailure {
            var problem = Problem(.refused, "none of \(tally.count) events was stored")
            problem.members = members
            throw problem
        }
        return Response(
            status: .ok, headers: headers("application/json"),
            body: ResponseBody(byteBuffer: ByteBuffer(string: Report.fields(members).json + "\n")))
    }

    /// The status is said before anything is read, so what goes wrong on the way is the last line.
    private func streamed(_ request: Request) -> Response {
        Response(
            status: .ok, headers: headers("application/x-ndjson"),
            body: ResponseBody { writer in
                var tally = FateTally()
                var problem: Problem?
                do {
                    var body = try BodyInput(request, room: bodies)
                    var out = writer
                    try await forEachBatch(of: &body) { fates in
                        for fate in fates { tally.add(fate.verdict) }
                        try await out.write(ByteBuffer(string: EventFate.lines(fates)))
                    }
                    writer = out
                } catch {
                    problem = Problem(error, logger)
                }
                var members = tally.members
                if let problem {
                    members += [("problem", .text(problem.kind.urn))]
                    members += [("detail", .text(problem.detail))]
                }
                try await writer.write(ByteBuffer(string: Report.fields(members).json + "\n"))
                try await writer.finish(nil)
            })
    }

    private func headers(_ type: String) -> HTTPFields {
        [.contentType: type, .epoch: "\(intake.workspace.folder.epoch)"]
    }

    /// Reads and stores batch by batch; a batch holds what one chunk or several have brought.
    private func forEachBatch(
        of body: inout BodyInput, _ take: ([EventFate]) async throws -> Void
    ) async throws {
        var reader = EventReader(decoder: try await intake.decoder())
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        var lastStore = ContinuousClock.now
        func store(_ batch: DraftBatch, _ rejected: [RejectedEvent]) async throws {
            guard !batch.isEmpty || !rejected.isEmpty else { return }
            intake.note(rejected)
            try await take(
                EventFate.all(batch, try await intake.append(batch, wishes, waits: true), rejected))
        }
        while let chunk = try await body.next() {
            reader.push(chunk, into: &batch, rejected: &rejected)
            // A feed that goes on for ever is stored as it comes.
            let isOld = .now - lastStore > Self.patience
            let isFull = batch.count + rejected.count >= Self.batchCount || batch.arena.count >= Self.batchByteCount
            guard isFull || isOld else { continue }
            try await store(batch, rejected)
            batch = DraftBatch()
            rejected.removeAll()
            lastStore = .now
        }
        reader.finish(into: &batch, rejected: &rejected)
        try await store(batch, rejected)
    }
}
