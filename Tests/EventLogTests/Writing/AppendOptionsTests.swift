import EventLog
import Testing
import Touchpoints

struct AppendOptionsTests {
    private static let now: Int64 = 1_000_000_000

    /// What the log recorded: time and whether it is assumed.
    private func recorded(_ scratch: Scratch) throws -> [String] {
        let reader = try LogReader(folder: scratch.folder)
        return try (1...reader.head.rawValue).map { position in
            let event = try reader.event(at: Position(position))
            return "\(event.recorded.rawValue)" + (event.flags.contains(.recordedAssumed) ? " assumed" : "")
        }
    }

    @Test func `with the clock of the events, recorded time follows them, and never goes back nor ahead of now`()
        async throws
    {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder, at: Self.now)
        var options = AppendOptions()
        options.recordedTime = .occurred
        let times: [Int64?] = [50, 20, 70, Self.now + 1, 60]
        try await writer.append(times.enumerated().map { TestEvent(id: $0, occurred: $1) }, options)
        #expect(
            try recorded(scratch) == [
                "50 assumed", "50 assumed", "70 assumed", "\(Self.now) assumed", "\(Self.now) assumed",
            ])
    }

    @Test func `an event without a time happens when it is recorded`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder, at: Self.now)
        try await writer.append([TestEvent(id: 1, occurred: nil)])
        let event = try LogReader(folder: scratch.folder)
        #expect(try event.event(at: Position(1)).occurred == Timestamp(microseconds: Self.now))
        #expect(try recorded(scratch) == ["\(Self.now)"])
    }

    @Test func `recorded time does not go back when the machine's clock does`() async throws {
        let scratch = try Scratch()
        do {
            let writer = try LogWriter(scratch.folder, at: Self.now)
            try await writer.append([TestEvent(id: 1)])
            try await writer.close()
        }
        let writer = try LogWriter(scratch.folder, at: Self.now - 500)
        try await writer.append([TestEvent(id: 2)])
        #expect(try recorded(scratch) == ["\(Self.now)", "\(Self.now)"])
    }

    @Test func `first activations are recorded at the epoch, later ones are not`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder, at: Self.now)
        var first = AppendOptions()
        first.asFirst = true
        func activation(_ id: Int, _ type: String) -> TestEvent {
            TestEvent(id: id, occurred: nil, type: type, value: nil)
        }
        try await writer.append([activation(1, "policy.activated")], first)
        try await writer.append([activation(2, "schema.activated")], first)
        try await writer.append([TestEvent(id: 3)])
        try await writer.append([activation(4, "policy.activated")], first)
        #expect(try recorded(scratch) == ["0 assumed", "0 assumed", "\(Self.now)", "\(Self.now)"])
        let reader = try LogReader(folder: scratch.folder)
        #expect(reader.activations.map(\.position.rawValue) == [1, 2, 4])
        #expect(reader.activations.map(\.type) == [.policyActivated, .schemaActivated, .policyActivated])
    }

    @Test func `events outside of the limits of time are refused by the field time, and at the limits they are not`()
        async throws
    {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder, at: Self.now)
        var options = AppendOptions()
        options.maxFuture = .seconds(1)
        options.minTime = Timestamp(microseconds: 100)
        let verdicts = try await writer.append(
            [99, 100, Self.now + 1_000_000, Self.now + 1_000_001].enumerated().map {
                TestEvent(id: $0, occurred: $1)
            }, options)
        let fields = verdicts.map { verdict in
            if case .refused(let refusal) = verdict { refusal.field } else { "stored" }
        }
        #expect(fields == ["time", "stored", "stored", "time"])
    }

    @Test func `an expected position is held against the customer's last event, also within a batch`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder, at: Self.now)
        func append(_ events: [TestEvent], expecting: [Int: ExpectedPosition]) async throws -> [Verdict] {
            var options = AppendOptions()
            options.expected = expecting
            return try await writer.append(events, options)
        }
        func at(_ position: UInt64, until notAfter: Int64? = nil) -> ExpectedPosition {
            ExpectedPosition(last: Position(position), notAfter: notAfter.map { Timestamp(microseconds: $0) })
        }
        func outdated(_ last: UInt64) -> Verdict { .outdated(last: Position(last)) }
        #expect(try await append([TestEvent(id: 1)], expecting: [0: at(1)]) == [outdated(0)])
        #expect(try await append([TestEvent(id: 1)], expecting: [0: at(0)]) == stored(1...1))
        #expect(try await append([TestEvent(id: 2, value: "2")], expecting: [:]) == stored(2...2))
        #expect(try await append([TestEvent(id: 3)], expecting: [0: at(2)]) == [outdated(1)])
        #expect(try await append([TestEvent(id: 3)], expecting: [0: at(1, until: Self.now - 1)]) == [outdated(1)])
        #expect(try await append([TestEvent(id: 3)], expecting: [0: at(1, until: Self.now)]) == stored(3...3))
        #expect(
            try await append(
                [TestEvent(id: 4, value: "2"), TestEvent(id: 5, value: "2"), TestEvent(id: 6, value: "2")],
                expecting: [1: at(2), 2: at(4)])
                == [.stored(Position(4)), outdated(4), .stored(Position(5))])
        // What is stored already is a duplicate, whatever is expected.
        #expect(try await append([TestEvent(id: 1)], expecting: [0: at(99)]) == [.duplicate(Position(1))])
    }

    @Test func `actor and backfill are stamped into the event`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        var options = AppendOptions()
        options.actor = "clerk"
        options.backfill = true
        try await writer.append([TestEvent(id: 1)], options)
        try await writer.append([TestEvent(id: 2)])
        let reader = try LogReader(folder: scratch.folder)
        let first = try reader.event(at: Position(1))
        #expect(reader.dictionaries.name(of: first.actor) == "clerk")
        #expect(first.flags.contains(.backfill))
        let second = try reader.event(at: Position(2))
        #expect(second.actor.isNone)
        #expect(!second.flags.contains(.backfill))
    }

    @Test func `an event that is too long is refused, and the longest fits`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        let long = try await writer.append([
            TestEvent(id: 1, personal: Array(repeating: 1, count: 65_000)),
            TestEvent(id: 2, clear: Array(repeating: 2, count: 40_000), personal: Array(repeating: 1, count: 24_000)),
        ])
        guard case .refused = long[0] else { return #expect(Bool(false), "\(long[0])") }
        #expect(long[1] == .stored(Position(1)))
        // Blocks stay within their bound.
        try await writer.append((10..<40).map { TestEvent(id: $0, clear: Array(repeating: 3, count: 60_000)) })
        let reader = try LogReader(folder: scratch.folder)
        var counts: [Int] = []
        try reader.forEachBlock(Position(1)...reader.head) { counts.append($0.count) }
        #expect(counts.reduce(0, +) == 31)
        #expect(counts.max()! <= 8)
    }

    @Test func `more names than there are numbers are refused, and known ones go on`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        let stored = try await writer.append((1...65_536).map { TestEvent(id: $0, channel: "c\($0)", value: nil) })
        #expect(stored.prefix(65_535).allSatisfy { if case .stored = $0 { true } else { false } })
        guard case .refused(let refusal) = stored[65_535] else { return #expect(Bool(false)) }
        #expect(refusal.field == "channel")
        #expect(
            try await writer.append([TestEvent(id: 70_000, channel: "c65535", value: nil)])
                == [.stored(Position(65_536))])
    }
}
