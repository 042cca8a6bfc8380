import Testing
import Touchpoints

@testable import Wayfold

struct DraftBatchSliceTests {
    /// Drafts with texts of 10 bytes each, but the third with 100.
    private static let batch = {
        var batch = DraftBatch()
        for index in 0..<6 {
            var draft = Draft()
            draft.personal = batch.place([UInt8](repeating: 1, count: index == 2 ? 100 : 10))
            draft.line = UInt64(index)
            batch.drafts.append(draft)
        }
        return batch
    }()

    @Test(arguments: [
        (0, 6, 1_000, 6), (0, 4, 1_000, 4), (4, 4, 1_000, 6), (0, 6, 20, 2), (0, 6, 119, 2), (0, 6, 120, 3),
        (2, 6, 20, 3), (3, 6, 9, 4),
    ])
    func `a slice ends by its drafts and by their bytes, and has one at least`(
        start: Int, count: Int, byteCount: Int, end: Int
    ) {
        #expect(Self.batch.end(ofSliceFrom: start, count: count, byteCount: byteCount) == end)
    }

    @Test(arguments: [0..<6, 0..<1, 2..<3, 1..<5, 4..<4])
    func `a slice and what is added behind it hold the texts of their drafts`(range: Range<Int>) {
        var batch = DraftBatch()
        for index in 0..<6 {
            var draft = Draft()
            draft.clear = batch.place("clear \(index)".utf8)
            if index % 2 == 0 { draft.source = batch.place("source \(index)".utf8) }
            batch.drafts.append(draft)
        }
        var slice = batch.slice(range)
        slice.append(batch.slice(range))
        let indexes = Array(range) + Array(range)
        #expect(slice.drafts.map { slice.text($0.clear) } == indexes.map { "clear \($0)" })
        #expect(slice.drafts.map { slice.text($0.source) } == indexes.map { $0 % 2 == 0 ? "source \($0)" : "" })
        #expect(slice.drafts.allSatisfy { $0.pieces.allSatisfy { $0.range.upperBound <= slice.arena.count } })
    }

    @Test(arguments: [1, 1 << 20])
    func `a sort hands out batches of bounded bytes, spilled or not`(memory: Int) throws {
        var sort = OccurredSort(folder: "/tmp", memoryByteCount: memory)
        try sort.add(Self.batch)
        var lines: [[UInt64]] = []
        while let part = try sort.next(5, byteCount: 20) { lines.append(part.drafts.map(\.line)) }
        #expect(lines == [[0, 1], [2], [3, 4], [5]])
    }
}
