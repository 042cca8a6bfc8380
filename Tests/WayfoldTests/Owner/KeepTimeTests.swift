import EventLog
import Foundation
import Projections
import Testing
import Touchpoints

@testable import Wayfold

/// A process that stays open lets time pass (rule 9).
struct KeepTimeTests {
    private let scratch = try! Scratch()
    private let clock = TestClock("2024-03-01T10:00:00Z")

    private func open(_ worker: [String]) async throws -> WriteSession {
        try await WriteSession.open(path: scratch.data, worker: worker, now: { [clock] in clock.now })
    }

    /// A worker to whom a wake-up is due at a time, whatever is recorded.
    private func worker(dueAt text: String) throws -> [String] {
        let due = try Timestamp(rfc3339: text).rawValue
        return FakeWorker.script(
            #"while read line; do [ "$line" = finish ] && { echo "done 1"; exit 0; }; echo "done 1 \#(due)"; done"#)
    }

    /// Looks until there is a tick; nil when there is none for so many looks.
    private func tick(_ session: WriteSession, looks: Int = 400) async throws -> Position? {
        for _ in 0..<looks {
            if let position = try await session.tickIfDue() { return position }
            try await Task.sleep(for: .milliseconds(5))
        }
        return nil
    }

    @Test func `a tick is appended when something is due, at most once a second, and only if nothing else arrives`()
        async throws
    {
        let session = try await open(worker(dueAt: "2024-03-01T10:00:05Z"))
        #expect(try await tick(session, looks: 20) == nil, "nothing is due yet")
        clock.advance(by: .seconds(5))
        #expect(try await tick(session) == Position(2))
        let log = try LogReader(folder: session.folder)
        #expect(log.clock == clock.now)
        #expect(try log.event(at: Position(2)).type == .clockTicked)
        #expect(try await tick(session, looks: 20) == nil, "within the second")
        clock.advance(by: .seconds(1))
        #expect(try await tick(session) == Position(3))

        clock.advance(by: Elapsed(microseconds: 900_000))
        _ = try await session.append(Sample.drafts(Sample.event("a")))
        clock.advance(by: Elapsed(microseconds: 900_000))
        #expect(try await tick(session, looks: 20) == nil, "an event has arrived")
        clock.advance(by: Elapsed(microseconds: 100_000))
        #expect(try await tick(session) == Position(5))
        try await session.finish()
        #expect(try await session.tickIfDue() == nil)
    }

    @Test func `a machine's clock that goes back never ticks, and recorded time stays where it was`() async throws {
        let session = try await open(worker(dueAt: "2024-03-01T10:00:05Z"))
        _ = try await session.append(Sample.drafts(Sample.event("a")))
        clock.set("2023-03-01T10:00:00Z")
        #expect(try await tick(session, looks: 20) == nil)
        _ = try await session.append(Sample.drafts(Sample.event("b")))
        #expect(try LogReader(folder: session.folder).clock == Timestamp(rfc3339: "2024-03-01T10:00:00Z"))
        clock.set("2024-03-01T10:00:06Z")
        #expect(try await tick(session) == Position(4))
        try await session.finish()
    }

    @Test func `a worker that tells nothing, or fails, ticks nothing`() async throws {
        for worker in [FakeWorker.idle, FakeWorker.script("read line; echo 'failed no room'; exit 1")] {
            let session = try await open(worker)
            clock.advance(by: .hours(24 * 400))
            #expect(try await tick(session, looks: 30) == nil)
            _ = try? await session.finish()
        }
    }

    @Test func `it looks again and again until it is cancelled or the session ends`() async throws {
        let session = try await open(worker(dueAt: "2024-03-01T09:00:00Z"))
        let time = Task { try await session.keepTime(lookingEvery: .milliseconds(2)) }
        let log = try LogReader(folder: session.folder)
        for ticks in 1...3 {
            for _ in 0..<1_000 where try log.refresh().rawValue < UInt64(1 + ticks) {
                try await Task.sleep(for: .milliseconds(2))
            }
            #expect(log.head == Position(UInt64(1 + ticks)))
            clock.advance(by: .seconds(1))
        }
        time.cancel()
        try await time.value
        let second = Task { try await session.keepTime(lookingEvery: .milliseconds(2)) }
        try await session.finish()
        try await second.value
    }

    @Test func `what was folded is written back also where nothing comes behind it`() async throws {
        // It notes each command; the engine writes back with one that comes late enough.
        let notes = scratch.path + "/commands"
        let worker = FakeWorker.script(
            #"while read line; do echo "$line" >> '\#(notes)'; echo "done 1"; [ "$line" = finish ] && exit 0; done"#)
        let session = try await open(worker)
        let time = Task { try await session.keepTime(lookingEvery: .milliseconds(2)) }
        var count = 0
        for _ in 0..<1_000 where count < 4 {
            try await Task.sleep(for: .milliseconds(5))
            count = ((try? String(contentsOfFile: notes, encoding: .utf8)) ?? "").split(separator: "\n").count
        }
        #expect(count >= 4)
        time.cancel()
        try await time.value
        try await session.finish()
    }

    @Test func `a session whose owner has ended becomes the owner, and many that append find one`() async throws {
        let first = try await open(FakeWorker.idle)
        let second = try await open(worker(dueAt: "2024-03-01T09:00:00Z"))
        #expect(try await tick(second, looks: 5) == nil, "it is the owner's to tick")
        try await first.finish()
        let stored = try await withThrowingTaskGroup(of: [Verdict].self) { group in
            for number in 0..<8 {
                group.addTask { try await second.append(Sample.drafts(Sample.event("\(number)"))) }
            }
            group.addTask { try await second.tickIfDue().map { [.stored($0)] } ?? [] }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        for number in 0..<8 {
            #expect(
                stored.contains {
                    if case .stored(let position) = $0 { position.rawValue == UInt64(number + 2) } else { false }
                })
        }
        clock.advance(by: .seconds(1))
        #expect(try await tick(second) != nil)
        try await second.finish()
    }

    @Test(.enabled(if: Program.built != nil, "the program is not built"))
    func `points expire while the process is open and receives nothing`() async throws {
        let session = try await open([Program.built!.path] + FoldWorker.command(for: scratch.data).dropFirst())
        _ = try await session.activatePolicy(yaml: "loyalty: {expiresAfterDays: 2, pendingDays: 0}")
        let order = Sample.event(
            "o", type: "order.paid", time: "2024-03-01T09:00:00Z", more: #""orderid":"o","#,
            data: #"{"total":{"amount":"30.00","currency":"EUR"}}"#)
        _ = try await session.append(Sample.drafts(order))
        clock.set("2024-03-02T23:59:59Z")
        // Another view may want to be woken at the beginning of the day before.
        if let position = try await tick(session, looks: 40) {
            #expect(try LogReader(folder: session.folder).recordedTime(at: position) == clock.now)
        }
        #expect(try balance() == 30)
        clock.set("2024-03-03T00:00:00Z")
        #expect(try await tick(session) != nil)
        #expect(try balance() == 0)
        #expect(try LogReader(folder: session.folder).clock == Timestamp(rfc3339: "2024-03-03T00:00:00Z"))
        try await session.finish()
    }

    private func balance() throws -> Int64 {
        let answers = try ViewAnswers(folder: DataFolder(openingAt: scratch.data), catalogue: .standard)
        var sum: Int64 = 0
        var column = 0
        try answers.answer(
            Question(view: "loyalty", part: "members"),
            columns: { column = $0.firstIndex { $0.name == "balance" }! },
            emit: { if case .integer(let points) = $0[column] { sum += points } })
        return sum
    }
}
