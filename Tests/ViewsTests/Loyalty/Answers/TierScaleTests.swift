@testable import Policies
import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

@Suite struct TierScaleTests {
    private func tiers(
        _ basis: LoyaltyPolicy.Basis, window: Int, grace: Int = 0, _ minima: [String]
    ) -> LoyaltyPolicy.Tiers {
        LoyaltyPolicy.Tiers(
            basis: basis, windowDays: window, graceDays: grace,
            levels: zip(["basic", "silver", "gold"], minima).map {
                LoyaltyPolicy.Level(name: $0, minimum: FixedDecimal($1)!)
            })
    }

    private func pool(_ orders: [(day: String, total: String)], then: [SketchedEvent] = []) throws -> Pool {
        var run = LedgerRun()
        for (index, order) in orders.enumerated() {
            try run.take(
                .init(.orderPaid, at: order.day + "T10:00:00Z", order: UInt64(index + 1), total: order.total))
        }
        try run.take(then)
        return run.pool
    }

    @Test(arguments: [
        ("2024-03-01", "silver"), ("2024-03-04", "silver"), ("2024-03-05", "gold"), ("2024-03-10", "gold"),
        ("2024-03-11", "silver"), ("2024-03-14", "silver"), ("2024-03-15", "basic"),
    ]) func `the window is so many days that end with the day`(_ day: String, _ tier: String) throws {
        // 60 points on 1 March and 50 on 5 March: ten days of the one end on 10 March, of the other on 14 March.
        let orders = [(day: "2024-03-01", total: "60.00 EUR"), (day: "2024-03-05", total: "50.00 EUR")]
        let pool = try pool(orders.filter { $0.day <= day })
        let scale = TierScale(tiers(.points, window: 10, ["0", "50", "100"]))
        #expect(scale.tier(of: pool, on: CivilDay(day)!).name == tier)
    }

    @Test(arguments: [
        ("2024-03-10", "gold"), ("2024-03-13", "gold"), ("2024-03-14", "silver"), ("2024-03-17", "silver"),
        ("2024-03-18", "basic"),
    ]) func `with grace a tier is kept for so many days`(_ day: String, _ tier: String) throws {
        let orders = [(day: "2024-03-01", total: "60.00 EUR"), (day: "2024-03-05", total: "50.00 EUR")]
        let pool = try pool(orders.filter { $0.day <= day })
        let scale = TierScale(tiers(.points, window: 10, grace: 3, ["0", "50", "100"]))
        #expect(scale.tier(of: pool, on: CivilDay(day)!).name == tier)
    }

    @Test func `an order counts whose day a policy further east has given`() throws {
        // Booked where it was 5 March already, asked where it is 4 March still.
        let pool = try pool([("2024-03-01", "60.00 EUR"), ("2024-03-05", "50.00 EUR")])
        let scale = TierScale(tiers(.points, window: 10, ["0", "50", "100"]))
        #expect(scale.tier(of: pool, on: CivilDay("2024-03-04")!).name == "gold")
    }

    @Test func `refunds count less, redemptions do not`() throws {
        let scale = TierScale(tiers(.points, window: 10, ["0", "50", "100"]))
        let spent = try SketchedEvent(.pointsRedeemed, at: "2024-03-02T10:00:00Z", points: 100)
        let refund = try SketchedEvent(.orderRefunded, at: "2024-03-03T10:00:00Z", order: 1, total: "1.00 EUR")
        let day = CivilDay("2024-03-04")!
        #expect(scale.tier(of: try pool([("2024-03-01", "100.00 EUR")], then: [spent]), on: day).name == "gold")
        #expect(scale.tier(of: try pool([("2024-03-01", "100.00 EUR")], then: [refund]), on: day).name == "silver")
    }

    @Test func `spend is counted in each currency for itself`() throws {
        let scale = TierScale(tiers(.spend, window: 10, ["0", "50.5", "100"]))
        let day = CivilDay("2024-03-04")!
        let mixed = [("2024-03-01", "50.49 EUR"), ("2024-03-01", "50.49 USD")]
        #expect(scale.tier(of: try pool(mixed), on: day).name == "basic")
        #expect(scale.tier(of: try pool(mixed + [("2024-03-02", "0.01 EUR")]), on: day).name == "silver")
        #expect(scale.tier(of: try pool([("2024-03-02", "100 JPY")]), on: day).name == "gold")
    }

    @Test func `orders are counted while they are kept`() throws {
        let scale = TierScale(tiers(.orders, window: 10, ["0", "2", "3"]))
        let day = CivilDay("2024-03-04")!
        let orders = [("2024-03-01", "5.00 EUR"), ("2024-03-01", "0.00 EUR"), ("2024-03-02", "5.00 EUR")]
        #expect(scale.tier(of: try pool(orders), on: day).name == "gold")
        let cancelled = try SketchedEvent(.orderCancelled, at: "2024-03-03T10:00:00Z", order: 2)
        #expect(scale.tier(of: try pool(orders, then: [cancelled]), on: day).name == "silver")
    }

    @Test func `a customer without orders has the first tier`() {
        #expect(
            TierScale(tiers(.spend, window: 1, ["0", "1"])).tier(of: Pool(), on: CivilDay("2024-03-01")!).name
                == "basic")
    }
}
