import Testing
import Touchpoints

@testable import EventLog

struct SortedKeysTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `keys are read as from a sorted array`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var keys = SortedKeys()
        var all: [FoldKey] = []
        for _ in 0..<30 {
            let added = (0..<Int.random(in: 1...20, using: &random)).map { index in
                FoldKey(
                    time: Timestamp(microseconds: Int64.random(in: 0..<200, using: &random)), sequence: 0,
                    position: Position(UInt64(all.count + index + 1)))
            }
            keys.add(added)
            all += added
            let key = all.randomElement(using: &random)!
            let last = Position(UInt64.random(in: 0...UInt64(all.count), using: &random))
            let limit = Int.random(in: 1...40, using: &random)
            var read: [FoldKey] = []
            keys.forEach(behind: key, through: last, limit: limit) { read.append($0) }
            let wanted = all.filter { $0 > key && $0.position <= last }.sorted()
            #expect(read.sorted().prefix(limit) == wanted.prefix(limit))
            read = []
            keys.forEach(behind: .start, through: Position(.max), limit: .max) { read.append($0) }
            #expect(read.sorted() == all.sorted())
        }
    }
}
