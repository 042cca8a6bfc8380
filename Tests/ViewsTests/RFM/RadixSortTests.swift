import Testing

@testable import Views

@Suite struct RadixSortTests {
    @Test(arguments: 0..<50 as Range<UInt64>)
    func `keys ascend, and equal ones keep their order`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let keys = (0..<300).map { _ in
            UInt64.random(in: 0...9, using: &random) << UInt64.random(in: 0...60, using: &random)
        }
        let order = (0..<UInt32(keys.count)).shuffled(using: &random)
        let expected = order.enumerated().sorted {
            (keys[Int($0.element)], $0.offset) < (keys[Int($1.element)], $1.offset)
        }.map(\.element)
        #expect(RadixSort.sorted(order, by: keys) == expected)
    }

    @Test func `nothing and one are sorted`() {
        #expect(RadixSort.sorted([], by: []) == [])
        #expect(RadixSort.sorted([0], by: [5]) == [0])
    }
}
