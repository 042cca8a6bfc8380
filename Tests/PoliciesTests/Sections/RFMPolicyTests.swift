import Policies
import Testing
import Touchpoints

@Suite struct RFMPolicyTests {
    @Test(arguments: [(0, 5), (30, 5), (31, 4), (90, 4), (365, 2), (366, 1), (9_999, 1)] as [(Int, Int)])
    func `fewer days since the last order score higher`(days: Int, score: Int) {
        #expect(Policy.default.rfm.bands.recencyScore(days: days) == score)
    }

    @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (9, 4), (10, 5)] as [(Int, Int)])
    func `more orders score higher`(orders: Int, score: Int) {
        #expect(Policy.default.rfm.bands.frequencyScore(orders: orders) == score)
    }

    @Test(
        arguments: [
            (0, "EUR", 1), (2_499, "EUR", 1), (2_500, "EUR", 2), (25_000, "EUR", 5), (25, "JPY", 2), (24, "JPY", 1),
        ] as [(Int64, String, Int)])
    func `more money scores higher, in units of its currency`(minor: Int64, code: String, score: Int) throws {
        let currency = try #require(Currency(code: code))
        let money = Money(minorUnits: minor, currency: currency)
        #expect(Policy.default.rfm.bands.monetaryScore(money) == score)
    }

    @Test func `the first segment that fits is taken`() throws {
        let rfm = try Policy(yaml: "rfm: {segments: [{name: A, r: 5}, {name: B, r: 4-5}, {name: C}]}").rfm
        #expect(rfm.segmentIndex(recency: 5, frequency: 1, monetary: 1) == 0)
        #expect(rfm.segmentIndex(recency: 4, frequency: 5, monetary: 1) == 1)
        #expect(rfm.segmentIndex(recency: 3, frequency: 5, monetary: 5) == 2)
    }
}
