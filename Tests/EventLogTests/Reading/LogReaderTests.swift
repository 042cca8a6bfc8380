import EventLog
import Testing
import Touchpoints

struct LogReaderTests {
    @Test func `a reader follows the tail beside the writer`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        let reader = try LogReader(folder: scratch.folder)
        #expect(reader.head == .start)
        #expect(reader.clock == .epoch)
        try await writer.append([TestEvent(id: 1, occurred: 5, clear: [4, 5], personal: [6])])
        #expect(reader.head == .start)
        #expect(try reader.refresh() == Position(1))
        let event = try reader.event(at: Position(1))
        #expect(event.occurred == Timestamp(microseconds: 5))
        #expect(event.recorded == Timestamp(microseconds: 2_000_000))
        #expect(reader.clock == Timestamp(microseconds: 2_000_000))
        #expect(event.type == .pageViewed)
        #expect(event.clearBytes.byteCount == 2)
        #expect(reader.dictionaries.name(of: event.channel) == "web")
        #expect(reader.dictionaries.name(of: event.source) == "shop")
        #expect(try reader.personalEntry(at: Position(1)) == [6])
        #expect(try reader.position(of: TestEvent.identity(of: 1)) == Position(1))
        #expect(try reader.identity(at: Position(1)).content == Hash128(high: 1, low: 0))
    }

    @Test func `aliases and strands are found both ways`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        for id in 1...30 {
            try await writer.append([TestEvent(id: id, kind: id % 2 == 0 ? "member" : "cookie", value: "\(id / 2)")])
        }
        let reader = try LogReader(folder: scratch.folder)
        #expect(reader.strandCount == 30)
        for id in [7, 30, 1, 2, 15, 16, 17] {
            let alias = try #require(try reader.alias(of: StrandNumber(rawValue: UInt32(id))))
            #expect(alias.description == (id % 2 == 0 ? "member" : "cookie") + ":\(id / 2)")
            #expect(try reader.strand(of: alias) == StrandNumber(rawValue: UInt32(id)))
        }
        #expect(try reader.strands(withValue: "5") == [StrandNumber(rawValue: 11), StrandNumber(rawValue: 10)])
        #expect(try reader.strand(of: Alias(kind: "phone", value: "5")) == nil)
    }

    @Test func `a history is in fold order and cut on both sides`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        try await writer.append([
            TestEvent(id: 1, occurred: 50), TestEvent(id: 2, occurred: 10), TestEvent(id: 3, occurred: 10, value: "2"),
            TestEvent(id: 4, occurred: 10, sequence: -1), TestEvent(id: 5, occurred: 30),
        ])
        let reader = try LogReader(folder: scratch.folder)
        let strand = try #require(try reader.strand(of: Alias(kind: "member", value: "1")))
        func history(after key: FoldKey = .start, through last: UInt64 = 5) throws -> [UInt64] {
            try reader.history(of: strand, after: key, through: Position(last)).map(\.position.rawValue)
        }
        #expect(try history() == [4, 2, 5, 1])
        #expect(try history(through: 4) == [4, 2, 1])
        #expect(try history(after: try reader.event(at: Position(2)).foldKey) == [5, 1])
    }
}
