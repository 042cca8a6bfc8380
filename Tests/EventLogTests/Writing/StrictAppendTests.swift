import Testing
import Touchpoints

@testable import EventLog

/// Batches that are stored whole or not at all, and expected positions.
struct StrictAppendTests {
    private static let now: Int64 = 2_000_000

    /// The log as an array: what must become of each event, worked out from the beginning.
    private struct NaiveLog {
        private(set) var events: [TestEvent] = []

        mutating func append(_ batch: [TestEvent], expecting: [Int: UInt64], isStrict: Bool) -> [String] {
            var trial = events
            var words: [String] = []
            for (index, event) in batch.enumerated() {
                if let known = trial.firstIndex(where: { $0.id == event.id }) {
                    words.append("\(trial[known].content == event.content ? "duplicate" : "conflict") \(known + 1)")
                } else if let occurred = event.occurred, occurred < 0 {
                    words.append("refused time")
                } else if let expected = expecting[index], expected != Self.last(of: event, in: trial) {
                    words.append("outdated \(Self.last(of: event, in: isStrict ? events : trial))")
                } else {
                    trial.append(event)
                    words.append("stored \(trial.count)")
                }
            }
            let isHindered = words.contains { word in
                ["conflict", "refused", "outdated"].contains { word.hasPrefix($0) }
            }
            guard isStrict && isHindered else {
                events = trial
                return words
            }
            return words.map { word in
                let position = Int(word.split(separator: " ")[1]) ?? 0
                if word.hasPrefix("stored") { return "withheld" }
                guard position > events.count else { return word }
                return word.hasPrefix("duplicate") ? "withheld" : word.hasPrefix("conflict") ? "refused id" : word
            }
        }

        private static func last(of event: TestEvent, in events: [TestEvent]) -> UInt64 {
            guard event.value != nil else { return 0 }
            let index = events.lastIndex { $0.value == event.value && $0.kind == event.kind }
            return UInt64(index.map { $0 + 1 } ?? 0)
        }
    }

    private func words(_ verdict: Verdict) -> String {
        switch verdict {
        case .stored(let position): "stored \(position)"
        case .duplicate(let position): "duplicate \(position)"
        case .conflict(let position, _): "conflict \(position)"
        case .refused(let refusal): "refused \(refusal.field)"
        case .outdated(let last): "outdated \(last)"
        case .withheld: "withheld"
        }
    }

    private func batch(_ random: inout SeededRandom, _ head: Int) -> ([TestEvent], [Int: UInt64], isStrict: Bool) {
        let isStrict = Bool.random(using: &random)
        var expected: [Int: UInt64] = [:]
        let events = (0..<Int.random(in: 1..<8, using: &random)).map { index in
            var event = TestEvent.random(using: &random)
            event.id = Int.random(in: 0..<400, using: &random)
            event.content = Int.random(in: 0..<30, using: &random) == 0 ? 1 : 0
            if Int.random(in: 0..<30, using: &random) == 0 { event.occurred = -1 }
            if Int.random(in: 0..<6, using: &random) == 0 {
                expected[index] = UInt64.random(in: 0...UInt64(min(head, 12)), using: &random)
            }
            if Int.random(in: 0..<3, using: &random) == 0 { event.value = "\(1 + index % 2)" }
            return event
        }
        return (events, expected, isStrict)
    }

    @Test(arguments: 0..<12 as Range<UInt64>)
    func `verdicts and log are those of a naive one, also after reopening`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let scratch = try Scratch()
        var naive = NaiveLog()
        var withheld = 0
        for _ in 0..<3 {
            let tailLimit = seed % 2 == 0 ? 30 : 9_999
            let writer = try LogWriter(
                folder: scratch.folder, now: { Timestamp(microseconds: Self.now) }, tailLimit: tailLimit)
            for _ in 0..<40 {
                let (events, expected, isStrict) = batch(&random, naive.events.count)
                var options = AppendOptions()
                options.isStrict = isStrict
                options.expected = expected.mapValues { ExpectedPosition(last: Position($0)) }
                let verdicts = try await writer.append(events, options).map(words)
                #expect(verdicts == naive.append(events, expecting: expected, isStrict: isStrict))
                withheld += verdicts.contains("withheld") ? 1 : 0
                #expect(await writer.head.rawValue == UInt64(naive.events.count))
            }
            try await writer.close()
        }
        #expect(withheld > 5, "the seed exercises too little")
        var oracle = LogOracle()
        _ = oracle.append(naive.events)
        try oracle.check(LogReader(folder: scratch.folder), recorded: Self.now)
    }

    @Test func `strict batches that wait with others take nothing along, whatever becomes of them`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder, at: Self.now)
        let verdicts = try await withThrowingTaskGroup(of: (Int, [Verdict]).self) { group in
            for number in 0..<60 {
                group.addTask {
                    var options = AppendOptions()
                    options.isStrict = number % 2 == 0
                    let last = TestEvent(id: number * 10 + 2, occurred: number % 3 == 0 ? -1 : 5)
                    return (
                        number,
                        try await writer.append(
                            [TestEvent(id: number * 10), TestEvent(id: number * 10 + 1), last], options)
                    )
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        let reader = try LogReader(folder: scratch.folder)
        var count = 0
        for number in 0..<60 {
            let kinds = verdicts[number]!.map { words($0).split(separator: " ")[0] }
            let (isStrict, isBad) = (number % 2 == 0, number % 3 == 0)
            let good: Substring = isBad && isStrict ? "withheld" : "stored"
            #expect(kinds == [good, good, isBad ? "refused" : "stored"])
            for id in 0..<3 {
                let position = try reader.position(of: TestEvent.identity(of: number * 10 + id))
                if case .stored(let stored) = verdicts[number]![id] {
                    #expect(position == stored)
                    count += 1
                } else {
                    #expect(position == nil)
                }
            }
        }
        #expect(reader.head.rawValue == UInt64(count))
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `a withheld batch leaves no trace in who is one customer`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let scratches = [try Scratch(), try Scratch()]
        let writer = try LogWriter(scratches[0].folder, at: Self.now)
        let plain = try LogWriter(scratches[1].folder, at: Self.now)
        var options = AppendOptions()
        options.isStrict = true
        func alias() -> String {
            let kind = ["member", "email", "cookie", "phone"].randomElement(using: &random)!
            return "\(kind):\(Int.random(in: 1...6, using: &random))"
        }
        var (id, withheld) = (0, 0)
        for _ in 0..<60 {
            var events: [TestEvent] = []
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                id += 1
                let type = ["customer.identified", "customer.merged", "customer.split", "page.viewed"]
                    .randomElement(using: &random)!
                events.append(TestEvent(type, id: id, of: alias(), type == "page.viewed" ? [] : [alias()]))
            }
            if Int.random(in: 0..<3, using: &random) == 0 { events.append(TestEvent(id: 0, occurred: -1)) }
            let verdicts = try await writer.append(events, options)
            if verdicts.contains(where: { if case .stored = $0 { true } else { false } }) {
                #expect(try await plain.append(events) == verdicts)
            } else {
                withheld += 1
            }
        }
        #expect(withheld > 3 && withheld < 57)
        let (reader, other) = (try LogReader(folder: scratches[0].folder), try LogReader(folder: scratches[1].folder))
        #expect(reader.head == other.head)
        #expect(reader.decisions(.start...reader.head) == other.decisions(.start...other.head))
        #expect(reader.strandCount == other.strandCount)
        for number in 1...UInt32(reader.strandCount) {
            let strand = StrandNumber(rawValue: number)
            #expect(try reader.alias(of: strand) == other.alias(of: strand))
        }
        for position in 1...reader.head.rawValue {
            let (a, b) = (try reader.event(at: Position(position)), try other.event(at: Position(position)))
            #expect(a.strand == b.strand && a.otherStrand == b.otherStrand && a.decision == b.decision)
        }
    }

    @Test func `what a strict batch would do is told without doing it`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder, at: Self.now)
        try await writer.append([TestEvent(id: 1)])
        let reader = try LogReader(folder: scratch.folder)
        var options = AppendOptions()
        options.isStrict = true
        let bad = try reader.supposing(DraftBatch([TestEvent(id: 2), TestEvent(id: 1, content: 9)]), options)
        #expect(bad.verdicts == [.withheld, .conflict(Position(1), differing: [])])
        #expect(bad.log.head == Position(1))
        let good = try reader.supposing(DraftBatch([TestEvent(id: 2), TestEvent(id: 1)]), options)
        #expect(good.verdicts == [.stored(Position(2)), .duplicate(Position(1))])
        #expect(good.log.head == Position(2))
    }
}
