import Testing
import Touchpoints

@testable import EventLog

@Suite struct RecordSortTests {
    /// Records of hashes, of a few strands, of one strand, and none.
    @Test(arguments: [0, 1, 2, 1_000, 20_000], [1, 40, UInt64.max])
    func `buckets give the order that sorting gives`(count: Int, distinct: UInt64) {
        var random = SeededRandom(seed: UInt64(count) ^ distinct)
        let records = (0..<count).map { index in
            IndexRecord(random.next() % distinct, random.next() % 3, UInt64(index), random.next())
        }
        #expect(records.sortedByBuckets() == records.sorted())
    }
}
