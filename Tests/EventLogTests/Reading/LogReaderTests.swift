import Testing
import Touchpoints

@testable import EventLog

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
        #expect(try reader.hashes(at: Position(1)).content == 0)
    }

    @Test func `aliases and strands are found both ways`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        for id in 1...30 {
            try await writer.append([TestEvent(id: id, kind: id % 2 == 0 ? "member" : "cookie", value: "\(id / 2 + 1)")]
            )
        }
        let reader = try LogReader(folder: scratch.folder)
        #expect(reader.strandCount == 30)
        for id in [7, 30, 1, 2, 15, 16, 17] {
            let alias = try #require(try reader.alias(of: StrandNumber(rawValue: UInt32(id))))
            #expect(alias.description == (id % 2 == 0 ? "member" : "cookie") + ":\(id / 2 + 1)")
            #expect(try reader.strand(of: alias) == StrandNumber(rawValue: UInt32(id)))
        }
        #expect(try reader.strands(withValue: "6") == [StrandNumber(rawValue: 11), StrandNumber(rawValue: 10)])
        #expect(try reader.strands(withValue: "6", at: Position(10)) == [StrandNumber(rawValue: 10)])
        #expect(try reader.strands(withValue: "6", at: Position(9)) == [])
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

    /// Turns over one bit of a stored value, counted from its end.
    private func harm(_ folder: DataFolder, _ table: String, fromEnd: Int) throws {
        let tables = try LogTables(folder, .readWrite)
        let table = tables.environment.table(table)
        try tables.environment.write { transaction in
            var bytes = try transaction.value(in: table, for: UInt64(1))!.copied()
            bytes[bytes.count - fromEnd] ^= 1
            try transaction.put(bytes, for: UInt64(1), in: table)
        }
    }

    @Test func `a block that is not the one of its checksum is found at opening`() async throws {
        let scratch = try Scratch()
        do { try await LogWriter(scratch.folder).append([TestEvent(id: 1)]) }
        try harm(scratch.folder, "blocks", fromEnd: 33)
        let damage = LogError.damaged(Position(1), "the block's bytes are not the ones of its checksum")
        #expect(throws: damage) { try LogReader(folder: scratch.folder) }
        #expect(throws: damage) { try LogWriter(scratch.folder) }
    }

    @Test func `a block behind the manifest is checked when it is read through`() async throws {
        let scratch = try Scratch()
        do {
            let writer = try LogWriter(
                folder: scratch.folder, now: { Timestamp(microseconds: 2_000_000) }, tailLimit: 2)
            for id in 1...8 { try await writer.append([TestEvent(id: id)]) }
            try await writer.close()
        }
        try harm(scratch.folder, "blocks", fromEnd: 33)
        let reader = try LogReader(folder: scratch.folder)
        try reader.forEachBlock(Position(2)...reader.head) { _ in }
        #expect(throws: LogError.damaged(Position(1), "the block's bytes are not the ones of its checksum")) {
            try reader.forEachBlock(Position(1)...reader.head) { _ in }
        }
    }

    @Test func `a personal part that is not the one of its digest is not handed out`() async throws {
        let scratch = try Scratch()
        do { try await LogWriter(scratch.folder).append([TestEvent(id: 1, value: nil)]) }
        try harm(scratch.folder, "personal", fromEnd: 1)
        let reader = try LogReader(folder: scratch.folder)
        #expect(throws: LogError.damaged(Position(1), "the personal part is not the one of its digest")) {
            try reader.personalEntry(at: Position(1))
        }
    }

    @Test func `a block is held against its digest once`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        try await writer.append([TestEvent(id: 1)])
        let reader = try LogReader(folder: scratch.folder)
        try harm(scratch.folder, "blocks", fromEnd: 33)
        try reader.refresh()
        var seen = 0
        try reader.forEachBlock(Position(1)...reader.head) { seen += $0.count }
        #expect(seen == 1)
    }
}
