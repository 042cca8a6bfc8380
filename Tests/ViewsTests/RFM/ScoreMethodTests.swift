import Testing

@testable import Views

@Suite struct ScoreMethodTests {
    @Test(arguments: 0..<100 as Range<UInt64>)
    func `quantile scores are the formula`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let k = Int.random(in: 2...10, using: &random)
        let values = (0..<Int.random(in: 1...40, using: &random)).map { _ in UInt64.random(in: 0...12, using: &random) }
        let expected = values.map { v in UInt8(1 + k * values.count { $0 < v } / values.count) }
        let (scores, isTied) = ScoreMethod.quantile.scores(
            of: values, order: (0..<UInt32(values.count)).shuffled(using: &random), count: k)
        #expect(scores == expected)
        #expect(!isTied.contains(true))
    }

    /// The parts that SQLite's NTILE makes.
    @Test(arguments: [
        (1, 5, [1]), (4, 5, [1, 2, 3, 4]), (5, 5, [1, 2, 3, 4, 5]), (7, 5, [1, 1, 2, 2, 3, 4, 5]),
        (12, 5, [1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5]), (5, 2, [1, 1, 1, 2, 2]),
    ])
    func `NTILE makes the first parts one larger`(n: Int, k: Int, expected: [UInt8]) {
        let values = (0..<UInt64(n)).map { $0 * 1_000_003 }
        #expect(ScoreMethod.ntile.scores(of: values, order: Array(0..<UInt32(n)), count: k).scores == expected)
    }

    @Test func `the given order decides between equal values, and that is marked`() {
        let (scores, isTied) = ScoreMethod.ntile.scores(of: [7, 7, 7, 9, 1], order: [2, 1, 0, 3, 4], count: 5)
        #expect(scores == [4, 3, 2, 5, 1])
        #expect(isTied == [true, true, true, false, false])
        #expect(
            ScoreMethod.ntile.scores(of: [7, 7, 9, 9], order: [0, 1, 2, 3], count: 2).isTied == [
                false, false, false, false,
            ])
    }
}
