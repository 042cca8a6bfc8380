import Policies
import Testing
import Touchpoints

@testable import Views

/// Windows of 7 days: on January 20 the 14th to the 20th against the 7th to the 13th.
@Suite struct SpendChangeTests {
    @Test(arguments: [
        (["paid 0 13 10.00", "paid 0 14 5.00"], Bounds(min: -50, max: -50), true),
        (["paid 0 13 10.00", "paid 0 14 4.99"], Bounds(min: -50), false),
        (["paid 0 13 10.00", "paid 0 14 5.01"], Bounds(max: -50), false),
        (["paid 0 06 90.00", "paid 0 07 10.00", "paid 0 20 30.00"], Bounds(min: 200, max: 200), true),
        (["paid 0 13 10.00"], Bounds(max: -100), true),
        // Nothing before: no change can be said.
        (["paid 0 06 10.00", "paid 0 14 5.00"], Bounds(), false),
        // Refunds are taken from the day of their order.
        (["paid 7 13 10.00", "paid 0 14 5.00", "refunded 7 19 5.00"], Bounds(min: 0, max: 0), true),
        // The currency is that of the last order.
        (["paid 0 13 10.00", "paid 0 13 2.00 USD", "paid 0 14 1.00 USD"], Bounds(min: -50, max: -50), true),
    ])
    func `a window's spend is compared with that before`(lines: [String], bounds: Bounds, fits: Bool) throws {
        let orders = try OrdersTests.orders(OrdersTests.events(lines))
        #expect(SpendChange(orders, on: CivilDay("2024-01-20")!, windowDays: 7).fits(bounds) == fits)
    }

    @Test(arguments: [
        ("2024-01-14", "2024-01-20"), ("2024-01-20", "2024-01-21"), ("2024-01-21", "2024-01-27"),
        ("2024-01-27", "2024-01-28"), ("2024-01-28", nil),
    ])
    func `the next change is when an order leaves a window`(day: String, next: String?) throws {
        let orders = try OrdersTests.orders(OrdersTests.events(["paid 0 13 10.00", "paid 0 14 5.00"]))
        #expect(
            SpendChange.nextDay(orders, after: CivilDay(day)!, windowDays: 7) == next.flatMap { CivilDay($0) })
    }
}
