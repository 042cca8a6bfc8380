import Testing
import Touchpoints

@testable import Wayfold

struct OccurredSortTests {
    @Test(.serialized, arguments: 0..<20 as Range<UInt64>)
    func `spilled runs give the same order as one that fits`(seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...400, using: &dice)
        var text = ""
        for index in 0..<count {
            let second = Int.random(in: 10...40, using: &dice)
            let event = Sample.event("e\(index)", time: "2020-01-01T00:00:\(second)Z", data: #"{"n":\#(index)}"#)
            text += Bool.random(using: &dice) ? event : event.replacing(/"time":"[^"]*",/, with: "")
        }
        let batch = Sample.drafts(text)
        let expected = batch.drafts.indices.sorted { a, b in
            func key(_ index: Int) -> (Timestamp, Int) {
                let draft = batch.drafts[index]
                return (draft.flags.contains(.timeSupplied) ? .distantFuture : draft.occurred, index)
            }
            return key(a) < key(b)
        }.map { batch.eventText(of: batch.drafts[$0]) }
        let scratch = try Scratch()
        for memory in [1, 700, 5_000, 1 << 20] {
            var sort = OccurredSort(folder: scratch.path, memoryByteCount: memory)
            var start = 0
            while start < batch.count {
                let end = min(batch.count, start + Int.random(in: 1...50, using: &dice))
                try sort.add(batch.slice(start..<end))
                start = end
            }
            var sizes: [Int] = []
            var found: [String] = []
            while let part = try sort.next(7) {
                sizes.append(part.count)
                found += part.drafts.map { part.eventText(of: $0) }
            }
            #expect(found == expected)
            #expect(sizes.dropLast().allSatisfy { $0 == 7 })
        }
    }
}
