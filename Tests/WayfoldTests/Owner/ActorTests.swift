import EventLog
import Testing
import Touchpoints

@testable import Wayfold

/// Whoever does something through a session is named by its record.
struct ActorTests {
    @Test func `what the engine records and what is decided about customers names who did it`() async throws {
        let scratch = try Scratch()
        let session = try await WriteSession.open(path: scratch.data, worker: FakeWorker.idle)
        let lines = Sample.event("a", subject: "member:1") + Sample.event("b", subject: "member:2")
        _ = try await session.append(Sample.drafts(lines))
        let (one, two) = (EventLog.Alias(kind: "member", value: "1"), EventLog.Alias(kind: "member", value: "2"))
        var positions: [Position] = []
        positions.append(try await session.activatePolicy(yaml: "timeZone: Europe/Berlin\n", actor: "key:policy"))
        let schema = #"{"type":"object","properties":{"n":{"type":"integer"}}}"#
        positions.append(try await session.addSchema(type: "seat.sold", text: schema, actor: "key:schema").position)
        positions.append(try await session.tick(actor: "key:tick"))
        positions.append(try await session.merge(one, two, actor: "key:merge").position)
        positions.append(try await session.split([two], of: one, actor: "key:split").position)
        #expect(try await session.void([Position(2)], actor: "key:void") == 1)
        let log = try LogReader(folder: session.folder)
        positions.append(log.head)
        let actors = try positions.map { log.dictionaries.name(of: try log.event(at: $0).actor) }
        #expect(
            actors == ["key:policy", "key:schema", "key:tick", "key:merge", "key:split", "key:void"])
        try await session.finish()
    }
}
