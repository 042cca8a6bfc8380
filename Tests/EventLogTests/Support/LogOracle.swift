import EventLog
import Testing
import Touchpoints

/// The log as a naive array and a dictionary, to hold the real one against.
struct LogOracle {
    private(set) var events: [TestEvent] = []
    private var positions: [Int: Int] = [:]
    private var strands: [Alias: Int] = [:]
    private var strandOf: [Int] = []

    /// What the log must say to these events.
    mutating func append(_ batch: [TestEvent]) -> [Verdict] {
        batch.map { event in
            if let position = positions[event.id] {
                return events[position - 1].content == event.content
                    ? .duplicate(Position(UInt64(position))) : .conflict(Position(UInt64(position)), differing: [])
            }
            events.append(event)
            positions[event.id] = events.count
            let strand = event.value.map { value in
                let alias = Alias(kind: event.kind, value: value)
                if strands[alias] == nil { strands[alias] = strands.count + 1 }
                return strands[alias]!
            }
            strandOf.append(strand ?? 0)
            return .stored(Position(UInt64(events.count)))
        }
    }

    /// Holds everything that a reader says against what was appended; recorded times were all `recorded`.
    func check(_ reader: LogReader, recorded: Int64) throws {
        #expect(reader.head == Position(UInt64(events.count)))
        #expect(reader.strandCount == strands.count)
        for (alias, strand) in strands {
            #expect(try reader.strand(of: alias) == StrandNumber(rawValue: UInt32(strand)))
            #expect(try reader.alias(of: StrandNumber(rawValue: UInt32(strand))) == alias)
        }
        for (index, event) in events.enumerated() {
            let position = Position(UInt64(index + 1))
            #expect(try reader.position(of: TestEvent.identity(of: event.id)) == position)
            let stored = try reader.event(at: position)
            #expect(stored.strand.rawValue == UInt32(strandOf[index]))
            #expect(stored.time.rawValue == min(event.occurred ?? recorded, recorded))
            #expect(reader.dictionaries.name(of: stored.type) == event.type)
            #expect(reader.dictionaries.name(of: stored.source) == event.source)
            #expect(reader.dictionaries.name(of: stored.channel) == event.channel)
            #expect(stored.clearBytes.byteCount == event.clear.count)
            #expect(try reader.personalEntry(at: position) == event.personal)
        }
        for strand in 0...strands.count {
            let keys = events.indices.filter { strandOf[$0] == strand }.map { index in
                FoldKey(
                    time: Timestamp(microseconds: min(events[index].occurred ?? recorded, recorded)),
                    sequence: events[index].sequence, position: Position(UInt64(index + 1)))
            }.sorted()
            let number = StrandNumber(rawValue: UInt32(strand))
            #expect(try reader.history(of: number, through: reader.head) == keys)
            if keys.count > 2 {
                let middle = keys[keys.count / 2]
                #expect(
                    try reader.history(of: number, after: middle, through: Position(UInt64(events.count / 2)))
                        == keys.filter { $0 > middle && $0.position.rawValue <= UInt64(events.count / 2) })
            }
        }
    }
}

extension TestEvent {
    /// A random event; ids repeat, and some with other content.
    static func random(using random: inout SeededRandom) -> TestEvent {
        TestEvent(
            id: Int.random(in: 0..<600, using: &random), content: Int.random(in: 0..<20, using: &random) == 0 ? 1 : 0,
            occurred: Bool.random(using: &random) ? Int64.random(in: 0..<3_000_000, using: &random) : nil,
            sequence: Int64.random(in: -1...1, using: &random),
            type: ["page.viewed", "order.paid", "thing.done", "other.done"].randomElement(using: &random)!,
            source: ["shop", "till", "app"].randomElement(using: &random)!,
            channel: ["", "web", "store"].randomElement(using: &random)!,
            kind: ["member", "cookie"].randomElement(using: &random)!,
            value: Int.random(in: 0..<10, using: &random) == 0 ? nil : "\(Int.random(in: 1...40, using: &random))",
            clear: Array(repeating: 7, count: Int.random(in: 0..<50, using: &random)),
            personal: Array(repeating: 8, count: Int.random(in: 0..<50, using: &random)))
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
