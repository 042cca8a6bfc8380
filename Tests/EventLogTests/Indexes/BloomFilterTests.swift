import Testing
import Touchpoints

@testable import EventLog

@Suite struct BloomFilterTests {
    @Test func `what is in it is never missed, and few others are let through`() {
        var filter = BloomFilter(capacity: 20_000)
        for id in 0..<20_000 { filter.insert(TestEvent.identity(of: id)) }
        let known = (0..<20_000).map { TestEvent.identity(of: $0) }
        #expect(filter.candidates(among: known) == Array(known.indices))
        let others = (20_000..<60_000).map { TestEvent.identity(of: $0) }
        let candidates = filter.candidates(among: others)
        #expect(candidates == others.indices.filter { filter.mayContain(others[$0]) })
        #expect(candidates.count < 40_000 * 2 / 100)
    }
}
