import Testing
import Touchpoints

@testable import EventLog

struct OpenBlocksTests {
    private static let sizes = [1, 70, 1, 2, 200, 64, 3]
    private static let count = sizes.reduce(0, +)

    private func write(_ scratch: Scratch) async throws {
        // What lies before the manifest is not read when the log is opened.
        let writer = try LogWriter(folder: scratch.folder, now: { Timestamp(microseconds: 2_000_000) }, tailLimit: 2)
        var id = 0
        for size in Self.sizes {
            try await writer.append((id..<id + size).map { TestEvent(id: $0, occurred: Int64($0)) })
            id += size
        }
        try await writer.close()
    }

    /// Turns over one bit of the block from a position on.
    private func harm(_ folder: DataFolder, at position: UInt64) throws {
        let tables = try LogTables(folder, .readWrite)
        let table = tables.environment.table("blocks")
        try tables.environment.write { transaction in
            var bytes = try transaction.value(in: table, for: position)!.copied()
            bytes[bytes.count - 33] ^= 1
            try transaction.put(bytes, for: position, in: table)
        }
    }

    @Test(arguments: [1, 3], [1, 71, 100_000])
    func `lanes visit each block once, and what they find comes in the order of the log`(
        lanes: Int, stretchEvents: Int
    ) async throws {
        let scratch = try Scratch()
        try await write(scratch)
        let reader = try LogReader(folder: scratch.folder)
        let (blocks, found) = try reader.openBlocks(
            Position(1)...reader.head, laneCount: lanes, stretchEvents: stretchEvents,
            from: { (announced: $0, visited: 0, positions: [UInt64]()) }
        ) { block, found in
            found.visited += block.count
            found.positions += block.first.rawValue...block.last.rawValue
        }
        #expect(found.flatMap(\.positions) == Array(1...UInt64(Self.count)))
        for part in found { #expect(part.announced == part.visited) }
        for part in found.dropLast() { #expect(part.visited >= stretchEvents) }
        for position in 1...UInt64(Self.count) {
            #expect(blocks.event(at: Position(position)).position == Position(position))
        }
    }

    @Test(arguments: [1, 3]) func `a damaged block is found, whichever lane takes it, and each time`(lanes: Int)
        async throws
    {
        let scratch = try Scratch()
        try await write(scratch)
        try harm(scratch.folder, at: 75)
        let reader = try LogReader(folder: scratch.folder)
        for _ in 0..<2 {
            #expect(throws: LogError.damaged(Position(75), "the block's bytes are not the ones of its checksum")) {
                try reader.openBlocks(
                    Position(1)...reader.head, laneCount: lanes, stretchEvents: 1, from: { _ in () }, { _, _ in })
            }
        }
        try reader.forEachBlock(Position(1)...Position(74)) { _ in }
    }
}
