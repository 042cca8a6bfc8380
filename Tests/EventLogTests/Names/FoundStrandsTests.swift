import Testing
import Touchpoints

@testable import EventLog

struct FoundStrandsTests {
    @Test(arguments: 0..<8 as Range<UInt64>)
    func `it knows the newest strand or nothing, the last ones always, and never more than twice the limit`(
        seed: UInt64
    ) {
        var random = SeededRandom(seed: seed)
        let limit = Int.random(in: 1...40, using: &random)
        var found = FoundStrands(limit: limit)
        var newest: [Int: UInt32] = [:]
        var order: [Int] = []
        for step in 1...2_000 {
            let alias = Int.random(in: 0..<150, using: &random)
            newest[alias] = UInt32(step)
            found.put(TestEvent.identity(of: alias), StrandNumber(rawValue: UInt32(step)))
            order.removeAll { $0 == alias }
            order.append(alias)
            #expect(found.count <= 2 * limit)
            let asked = Int.random(in: 0..<150, using: &random)
            let known = found[TestEvent.identity(of: asked)]
            #expect(known == nil || known == newest[asked].map(UInt64.init))
            if order.suffix(limit).contains(asked) { #expect(known != nil) }
            var together: [UInt64] = [0, 7]
            found.lookUp([TestEvent.identity(of: asked), TestEvent.identity(of: alias)], into: &together)
            #expect(together == [known ?? 0, 7])
        }
        #expect(found.emptied.count == 0)
    }

    @Test func `without room it knows nothing`() {
        var found = FoundStrands(limit: 0)
        found.put(TestEvent.identity(of: 1), StrandNumber(rawValue: 1))
        #expect(found[TestEvent.identity(of: 1)] == nil)
    }
}
