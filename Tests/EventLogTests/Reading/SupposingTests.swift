import Testing
import Touchpoints

@testable import EventLog

struct SupposingTests {
    private static let first = (1...5).map { TestEvent(id: $0, value: "\($0 % 2)") }
    /// A new alias, a new type, a duplicate, a conflict, one without a time, and one that is refused.
    private static let second = [
        TestEvent(id: 6, value: "new"), TestEvent(id: 7, type: "seat.chosen"), TestEvent(id: 2, value: "0"),
        TestEvent(id: 3, content: 9), TestEvent(id: 8, occurred: nil, value: "new"),
        TestEvent(id: 9, occurred: 9_000_000_000_000_000),
    ]

    @Test func `what is supposed is what the writer then writes`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        try await writer.append(Self.first)
        let reader = try LogReader(folder: scratch.folder)
        let (supposing, verdicts) = try reader.supposing(DraftBatch(Self.second))
        #expect(supposing.head == Position(8))
        #expect(supposing.committedHead == Position(5))
        #expect(reader.head == Position(5))

        #expect(try await writer.append(Self.second) == verdicts)
        try reader.refresh()
        #expect(reader.head == supposing.head)
        #expect(reader.clock == supposing.clock)
        #expect(reader.strandCount == supposing.strandCount)
        #expect(reader.dictionaries == supposing.dictionaries)
        for number in 1...reader.head.rawValue {
            #expect(try picture(of: number, in: supposing) == picture(of: number, in: reader))
        }
        for number in 1...reader.strandCount {
            let strand = StrandNumber(rawValue: UInt32(number))
            #expect(try supposing.alias(of: strand) == reader.alias(of: strand))
            #expect(
                try supposing.history(of: strand, through: supposing.head)
                    == reader.history(of: strand, through: reader.head))
        }
        let alias = Alias(kind: "member", value: "new")
        #expect(try supposing.strand(of: alias) == reader.strand(of: alias))
        #expect(try supposing.position(of: TestEvent.identity(of: 8)) == Position(8))
    }

    @Test func `blocks are handed on as if they were written, and a refresh changes nothing`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        try await writer.append(Self.first)
        let (supposing, _) = try LogReader(folder: scratch.folder).supposing(DraftBatch([TestEvent(id: 6)]))
        try await writer.append([TestEvent(id: 10), TestEvent(id: 11)])
        #expect(try supposing.refresh() == Position(6))
        var positions: [UInt64] = []
        try supposing.forEachBlock(Position(1)...Position(9)) { block in
            for index in 0..<block.count { positions.append(block.event(index).position.rawValue) }
        }
        #expect(positions == Array(1...6))
        #expect(try supposing.hashes(at: Position(6)).identity == TestEvent.identity(of: 6))
        #expect(try supposing.position(recordedAtOrBefore: supposing.clock) == Position(6))
    }

    @Test func `one can suppose more behind what is supposed`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        try await writer.append(Self.first)
        let reader = try LogReader(folder: scratch.folder)
        let (once, _) = try reader.supposing(DraftBatch([TestEvent(id: 6)]))
        let (twice, verdicts) = try once.supposing(DraftBatch([TestEvent(id: 6), TestEvent(id: 7, value: "z")]))
        #expect(verdicts == [.duplicate(Position(6)), .stored(Position(7))])
        #expect(twice.committedHead == Position(5))
        #expect(
            try twice.alias(of: try #require(try twice.strand(of: Alias(kind: "member", value: "z"))))?.value == "z")
    }

    /// What a reader can say of an event.
    private func picture(of number: UInt64, in log: LogReader) throws -> [String] {
        let event = try log.event(at: Position(number))
        return [
            "\(event.foldKey)", "\(event.recorded)", "\(event.strand)", log.dictionaries.name(of: event.type),
            "\(event.flags)", "\(event.clearBytes.copied())", "\(try log.personalEntry(at: Position(number)) ?? [])",
        ]
    }
}
