import EventLog
import Projections
import Testing
import Touchpoints

@testable import Wayfold

/// What an append can ask for and be told is the same in the owner's process and in another.
struct AppendThroughOwnerTests {
    private let scratch = try! Scratch()

    private func open() async throws -> WriteSession {
        try await WriteSession.open(path: scratch.data, worker: FakeWorker.idle)
    }

    private func verdicts(_ session: WriteSession, _ name: String) async throws -> [[Verdict]] {
        var strict = AppendSettings()
        strict.isStrict = true
        strict.actor = "key:\(name)"
        var expecting = strict
        expecting.expected = [0: ExpectedPosition(last: .start)]
        let (a, b, c) = (
            Sample.event("\(name)-a", subject: "member:\(name)"), Sample.event("\(name)-b", subject: "member:\(name)"),
            Sample.event("\(name)-c", subject: "member:\(name)", time: "1960-01-01T00:00:00Z")
        )
        return [
            try await session.append(Sample.drafts(a + c), strict),
            try await session.append(Sample.drafts(a), expecting),
            try await session.append(Sample.drafts(a + b), strict),
            try await session.append(Sample.drafts(b), expecting),
            try await session.append(
                Sample.drafts(Sample.event("\(name)-d", subject: "member:\(name)")), expecting),
        ]
    }

    private func expected(from first: UInt64) -> [[Verdict]] {
        let (a, b) = (Position(first), Position(first + 1))
        let early = Refusal(
            field: "time", reason: "lies before 1970-01-01T00:00:00Z, the earliest time that the policy allows")
        return [
            [.withheld, .refused(early)], [.stored(a)], [.duplicate(a), .stored(b)], [.duplicate(b)],
            [.outdated(last: b)],
        ]
    }

    @Test func `strict batches, expected positions and the actor go over the socket`() async throws {
        let owner = try await open()
        let client = try await open()
        #expect(try await verdicts(owner, "one") == expected(from: 2))
        #expect(try await verdicts(client, "two") == expected(from: 4))
        try await client.finish()
        try await owner.finish()
        let again = try await open()
        #expect(try await verdicts(again, "three") == expected(from: 6))
        try await again.finish()
        let log = try LogReader(folder: DataFolder(openingAt: scratch.data))
        let actors = try (2...7 as ClosedRange<UInt64>).map {
            log.dictionaries.name(of: try log.event(at: Position($0)).actor)
        }
        #expect(actors == ["key:one", "key:one", "key:two", "key:two", "key:three", "key:three"])
    }

    @Test(arguments: OwnerFailure.Kind.allCases)
    func `what kind of failure it is, is told over the socket`(kind: OwnerFailure.Kind) async throws {
        let folder = try DataFolder(creatingAt: scratch.data)
        guard let lock = try FolderLock(folder) else { throw OwnerFailure("the folder is new, and locked") }
        let failure = OwnerFailure("words", kind)
        let server = try OwnerServer(path: folder.socketPath) { _ in .failed(failure) }
        let session = try await open()
        await #expect(throws: failure) { _ = try await session.append(Sample.drafts(Sample.event("a"))) }
        await #expect(throws: failure) { _ = try await session.rebuild([]) }
        try await session.finish()
        try await blocking { server.stop() }
        _ = consume lock
    }

    @Test func `the errors of an append have their kinds`() {
        #expect(OwnerFailure(AppendError.inDoubt).kind == .inDoubt)
        #expect(OwnerFailure(AppendError.full).kind == .full)
        #expect(OwnerFailure(AppendError.stopped).kind == .failed)
        #expect(OwnerFailure(AppendError.failed(.folder("x"))) == OwnerFailure("nothing was stored: x"))
    }

    @Test func `a writer that has stopped ends the keeping of time, and says why`() async throws {
        let session = try await open()
        let time = Task { try await session.keepTime(lookingEvery: .milliseconds(2)) }
        // Another writer in the same log is noticed by the next commit.
        do {
            let other = try LogWriter(folder: session.folder, now: SystemClock.now)
            _ = try await other.append(Sample.drafts(Sample.event("theirs")), AppendOptions())
            try await other.close()
        }
        let failure = await #expect(throws: OwnerFailure.self) {
            _ = try await session.append(Sample.drafts(Sample.event("ours")))
        }
        #expect(failure?.kind == .failed)
        await #expect(throws: failure!) { try await time.value }
        // The folder is free for whoever starts again, although this session was not ended.
        for _ in 0..<1_000 where try !isFree(session.folder) { try await Task.sleep(for: .milliseconds(5)) }
        let next = try await open()
        #expect(try await next.append(Sample.drafts(Sample.event("ours"))) == [.stored(Position(3))])
        await #expect(throws: failure!) { try await session.finish() }
        try await next.finish()
    }

    private func isFree(_ folder: DataFolder) throws -> Bool {
        guard let lock = try FolderLock(folder) else { return false }
        _ = consume lock
        return true
    }

    @Test func `many that append at once through one socket get each its own answer`() async throws {
        let owner = try await open()
        let client = try await open()
        let answers = try await withThrowingTaskGroup(of: (Int, [Verdict]).self) { group in
            for number in 0..<40 {
                group.addTask {
                    let lines = (0..<(number % 4)).map { Sample.event("\(number)-\($0)") }.joined()
                    return (number % 4, try await client.append(Sample.drafts(lines)))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (count, verdicts) in answers { #expect(verdicts.count == count) }
        var positions: [UInt64] = []
        for case .stored(let position) in answers.flatMap(\.1) { positions.append(position.rawValue) }
        #expect(positions.sorted() == Array(2...61))
        try await client.finish()
        try await owner.finish()
    }
}
