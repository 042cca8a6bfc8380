import EventLog
import Foundation
import Projections
import Testing
import Touchpoints

@testable import Wayfold

/// What lapses when, in a log that receives nothing else, and under clocks that go anywhere (rules 3 to 9).
struct CivilTimeTests {
    private let scratch = try! Scratch()
    private let clock = TestClock("2024-01-01T00:00:00Z")

    private func open() async throws -> WriteSession {
        try await WriteSession.open(path: scratch.data, worker: FakeWorker.idle, now: { [clock] in clock.now })
    }

    /// Points end after two days, and so does the first stage.
    private func policy(_ zone: String) -> String {
        """
        timeZone: \(zone)
        loyalty: {expiresAfterDays: 2}
        lifecycle:
          stages:
            - {name: fresh, when: {daysSinceLastOrder: {max: 1}}}
            - {name: lapsed}
        """
    }

    private func order(_ id: String, at time: String) -> DraftBatch {
        Sample.drafts(
            Sample.event(
                id, type: "order.paid", time: time, more: #""orderid":"\#(id)","#,
                data: #"{"total":{"amount":"30.00","currency":"EUR"}}"#))
    }

    private func fold(rebuilding: Bool = false) throws -> [RebuildOutcome.Comparison] {
        let engine = try FoldEngine(folder: DataFolder(openingAt: scratch.data), catalogue: .standard)
        _ = try engine.catchUp()
        let outcomes = rebuilding ? try engine.rebuild(["lifecycle", "loyalty"]) { _, _, _ in } : []
        try engine.close()
        return outcomes.map(\.comparison)
    }

    private func rows(_ view: String, _ part: String, _ columns: [String]) throws -> [Row] {
        var question = Question(view: view, part: part)
        question.customer = "member:1"
        let answers = try ViewAnswers(folder: DataFolder(openingAt: scratch.data), catalogue: .standard)
        var indices: [Int] = []
        var rows: [Row] = []
        try answers.answer(
            question, columns: { all in indices = columns.map { name in all.firstIndex { $0.name == name }! } },
            emit: { row in rows.append(indices.map { row[$0] }) })
        return rows
    }

    /// When the customer came to its stages, and when points were booked.
    private func stages() throws -> [Row] { try rows("lifecycle", "history", ["time", "to"]) }
    private func bookings() throws -> [Row] { try rows("loyalty", "ledger", ["time", "kind"]) }

    private static let days: [(zone: String, order: String, end: String)] = [
        ("Europe/Berlin", "2024-03-30T12:00:00Z", "2024-03-31T22:00:00Z"),
        ("Europe/Berlin", "2024-10-26T12:00:00Z", "2024-10-27T23:00:00Z"),
        ("America/New_York", "2024-03-09T17:00:00Z", "2024-03-11T04:00:00Z"),
        ("Asia/Kolkata", "2024-03-30T12:00:00Z", "2024-03-31T18:30:00Z"),
        ("Australia/Lord_Howe", "2024-04-06T02:00:00Z", "2024-04-07T13:30:00Z"),
    ]

    @Test(arguments: days)
    func `a tick to the beginning of the day ends points and stages, and one before it does not`(
        zone: String, order text: String, end: String
    ) async throws {
        let (start, end) = try (Timestamp(rfc3339: text), Timestamp(rfc3339: end))
        let session = try await open()
        _ = try await session.activatePolicy(yaml: policy(zone))
        clock.set(text)
        _ = try await session.append(order("o", at: text))
        clock.set("2025-01-01T00:00:00Z")
        _ = try await session.tick(to: end - Elapsed(microseconds: 1))
        _ = try fold()
        let before: (stages: [Row], bookings: [Row]) = (
            [[.time(start), .text("fresh")]], [[.time(start), .text("earned")]]
        )
        #expect(try stages() == before.stages)
        #expect(try bookings() == before.bookings)

        _ = try await session.tick(to: end)
        let after = (
            before.stages + [[.time(end), .text("lapsed")]], before.bookings + [[.time(end), .text("expired")]]
        )
        #expect(try stages() == after.0, "read before it is folded")
        _ = try fold()
        #expect(try stages() == after.0)
        #expect(try bookings() == after.1)

        clock.set("2026-01-01T00:00:00Z")
        _ = try await session.tick()
        #expect(try fold(rebuilding: true) == [.same, .same])
        #expect(try stages() == after.0)
        #expect(try bookings() == after.1)
        try await session.finish()
    }

    @Test func `days are those of the table in the log, whatever the machine knows of the zone`() async throws {
        let session = try await open()
        // Days of a zone that no machine has under this name.
        let tokyo = try ZoneTable(
            encoded: ZoneFiles.table(named: "Asia/Tokyo").encoded.replacing("Asia/Tokyo", with: "Europe/Berlin"))
        let events = EngineEvents(keys: session.folder.hashKeys)
        var settings = AppendSettings()
        settings.isFirst = true
        _ = try await session.append(
            events.policyActivated(yaml: policy("Europe/Berlin"), zone: tokyo, note: nil), settings)
        clock.set("2024-03-30T12:00:00Z")
        _ = try await session.append(order("o", at: "2024-03-30T12:00:00Z"))
        clock.set("2025-03-30T12:00:00Z")
        _ = try await session.tick()
        _ = try fold(rebuilding: true)
        let end = try Timestamp(rfc3339: "2024-03-31T15:00:00Z")
        #expect(try stages().last == [.time(end), .text("lapsed")])
        #expect(try bookings().last == [.time(end), .text("expired")])
        try await session.finish()
    }

    @Test func `recorded time never goes back, whatever the machine's clock does`() async throws {
        let session = try await open()
        let nows = [
            "2024-03-01T00:00:00Z", "2023-03-01T00:00:00Z", "2024-02-29T23:59:59Z", "2025-03-01T00:00:00Z",
            "2024-03-02T00:00:00Z", "2025-03-01T00:00:01Z",
        ]
        var last = Timestamp.epoch
        for (index, now) in nows.enumerated() {
            clock.set(now)
            last = max(last, clock.now)
            let verdicts = try await session.append(Sample.drafts(Sample.event("\(index)")))
            let position = Position(UInt64(2 * index + 2))
            #expect(verdicts == [.stored(position)])
            let log = try LogReader(folder: session.folder)
            #expect(try log.recordedTime(at: position) == last)
            _ = try await session.tick()
            #expect(try LogReader(folder: session.folder).recordedTime(at: position.next) == last)
        }
        clock.set("2025-01-01T00:00:00Z")
        await #expect(throws: TickError.self) { try await session.tick(to: last) }
        await #expect(throws: TickError.self) { try await session.tick(to: last + .seconds(1)) }
        try await session.finish()
    }

    private var byItsTimes: AppendSettings {
        var settings = AppendSettings()
        settings.isClockOccurred = true
        return settings
    }

    @Test func `history that is imported after live events is booked now, and has long lapsed`() async throws {
        let session = try await open()
        _ = try await session.activatePolicy(yaml: policy("UTC"))
        clock.set("2024-03-01T12:00:00Z")
        let now = clock.now
        _ = try await session.append(Sample.drafts(Sample.event("live", subject: "member:2")))
        _ = try await session.append(order("old", at: "2020-05-01T08:00:00Z"), byItsTimes)
        #expect(try LogReader(folder: session.folder).clock == now)
        _ = try fold()
        // A ledger books when it hears of it; the stages are those of the time.
        #expect(try bookings() == [[.time(now), .text("earned")], [.time(now), .text("expired")]])
        #expect(
            try stages() == [
                [.time(Timestamp(rfc3339: "2020-05-01T08:00:00Z")), .text("fresh")],
                [.time(Timestamp(rfc3339: "2020-05-03T00:00:00Z")), .text("lapsed")],
            ])
        try await session.finish()
    }

    @Test func `live events that follow imported history let everything between lapse in its time`() async throws {
        let session = try await open()
        clock.set("2024-03-01T12:00:00Z")
        _ = try await session.activatePolicy(yaml: policy("UTC"))
        _ = try await session.append(order("old", at: "2020-05-01T08:00:00Z"), byItsTimes)
        #expect(try LogReader(folder: session.folder).clock == Timestamp(rfc3339: "2020-05-01T08:00:00Z"))
        _ = try fold()
        #expect(try stages().count == 1)
        _ = try await session.append(order("new", at: "2024-03-01T11:00:00Z"))
        _ = try fold()
        let lapsed = try Timestamp(rfc3339: "2020-05-03T00:00:00Z")
        let new = try Timestamp(rfc3339: "2024-03-01T11:00:00Z")
        #expect(try stages().dropFirst() == [[.time(lapsed), .text("lapsed")], [.time(new), .text("fresh")]])
        #expect(
            try bookings().dropFirst() == [[.time(lapsed), .text("expired")], [.time(clock.now), .text("earned")]])
        try await session.finish()
    }
}
