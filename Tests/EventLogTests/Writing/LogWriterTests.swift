import EventLog
import Synchronization
import Testing
import Touchpoints

struct LogWriterTests {
    @Test func `events get positions without gaps`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        #expect(await writer.isEmpty)
        #expect(try await writer.append((1...3).map { TestEvent(id: $0) }) == stored(1...3))
        #expect(try await writer.append([TestEvent(id: 4)]) == stored(4...4))
        #expect(await writer.isEmpty == false)
    }

    @Test func `an event that came before is a duplicate in the batch and later and after reopening`() async throws {
        let scratch = try Scratch()
        do {
            let writer = try LogWriter(scratch.folder)
            #expect(
                try await writer.append([TestEvent(id: 1), TestEvent(id: 1), TestEvent(id: 2)])
                    == [.stored(Position(1)), .duplicate(Position(1)), .stored(Position(2))])
            #expect(try await writer.append([TestEvent(id: 2)]) == [.duplicate(Position(2))])
            try await writer.close()
        }
        let writer = try LogWriter(scratch.folder)
        #expect(try await writer.append([TestEvent(id: 1)]) == [.duplicate(Position(1))])
    }

    @Test func `an event that came before with other content is a conflict`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        #expect(
            try await writer.append([TestEvent(id: 1), TestEvent(id: 1, content: 2)])
                == [.stored(Position(1)), .conflict(Position(1), differing: [])])
        #expect(
            try await writer.append([TestEvent(id: 1, content: 3)]) == [.conflict(Position(1), differing: [])])
    }

    @Test func `a conflict names what differs`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(folder: scratch.folder, now: { Timestamp(microseconds: 9) }) { stored, sent, batch in
            #expect(stored.alias == Alias(kind: "member", value: "7"))
            #expect(stored.personal == [9, 8, 7, 6])
            #expect(stored.event.position == Position(1))
            return [batch.text(sent.source)]
        }
        let events = [TestEvent(id: 1, occurred: 1, value: "7"), TestEvent(id: 1, content: 2, source: "other")]
        #expect(
            try await writer.append(events) == [.stored(Position(1)), .conflict(Position(1), differing: ["other"])])
    }

    @Test func `many that append at once share commits, and all are acknowledged without gaps`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        let positions = try await withThrowingTaskGroup(of: [Verdict].self) { group in
            for task in 0..<200 {
                group.addTask { try await writer.append([TestEvent(id: 2 * task), TestEvent(id: 2 * task + 1)]) }
            }
            var positions: [UInt64] = []
            for try await verdicts in group {
                for case .stored(let position) in verdicts { positions.append(position.rawValue) }
            }
            return positions
        }
        #expect(positions.sorted() == Array(1...400))
        #expect(await writer.commitCount < 200)
    }

    @Test func `each commit is told with its events and bytes`() async throws {
        let scratch = try Scratch()
        let sizes = Mutex<[CommitSize]>([])
        let writer = try LogWriter(
            folder: scratch.folder, now: { Timestamp(microseconds: 9) },
            onCommit: { size in sizes.withLock { $0.append(size) } })
        _ = try await writer.append([TestEvent(id: 1), TestEvent(id: 2), TestEvent(id: 1)])
        _ = try await writer.append([TestEvent(id: 1)])
        _ = try await writer.append([TestEvent(id: 3)])
        let told = sizes.withLock { $0 }
        #expect(told.map(\.events) == [2, 1])
        #expect(told[0].bytes > told[1].bytes && told[1].bytes > 0)
    }

    @Test func `a closed writer refuses`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        try await writer.close()
        await #expect(throws: AppendError.stopped) { try await writer.append([TestEvent(id: 1)]) }
    }

    @Test func `a second writer is noticed and stops`() async throws {
        let scratch = try Scratch()
        let first = try LogWriter(scratch.folder)
        let second = try LogWriter(scratch.folder)
        try await first.append([TestEvent(id: 1)])
        await #expect(throws: AppendError.self) { try await second.append([TestEvent(id: 2)]) }
        await #expect(throws: AppendError.stopped) { try await second.append([TestEvent(id: 2)]) }
    }
}
