import Policies
import Testing
import Touchpoints

@Suite struct LoyaltyPolicyTests {
    @Test(
        arguments: [
            ("floor", "1", 1_299, "EUR", 12), ("nearest", "1", 1_250, "EUR", 13), ("nearest", "1", 1_249, "EUR", 12),
            ("ceiling", "1", 1_201, "EUR", 13), ("ceiling", "1", 1_200, "EUR", 12), ("floor", "0.1", 999, "EUR", 0),
            ("floor", "1.5", 300, "JPY", 450), ("floor", "1", 12_999, "KWD", 12), ("floor", "10", 0, "EUR", 0),
            ("floor", "1", -150, "EUR", -2), ("nearest", "1", -150, "EUR", -1), ("ceiling", "1", -150, "EUR", -1),
            ("floor", "2", Int64.max, "JPY", nil),
        ] as [(String, String, Int64, String, Int64?)])
    func `an amount earns points`(rounding: String, rate: String, minor: Int64, code: String, points: Int64?) throws {
        let policy = try Policy(yaml: "loyalty: {earn: {rounding: \(rounding), pointsPerUnit: \(rate)}}")
        let money = Money(minorUnits: minor, currency: try #require(Currency(code: code)))
        #expect(policy.loyalty.earning.points(for: money) == points)
    }

    @Test func `a currency can have a rate of its own`() throws {
        let policy = try Policy(yaml: "loyalty: {earn: {currencies: {JPY: 0.01}}}")
        let yen = try #require(Currency(code: "JPY"))
        let euro = try #require(Currency(code: "EUR"))
        #expect(policy.loyalty.earning.points(for: Money(minorUnits: 1_999, currency: yen)) == 19)
        #expect(policy.loyalty.earning.points(for: Money(minorUnits: 1_999, currency: euro)) == 19)
    }
}
