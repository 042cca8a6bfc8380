import Policies
import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

@Suite struct RFMTests {
    @Test func `a customer adds its kept orders to the totals of their currencies`() throws {
        let totals = try sketch(
            OrdersTests.events(["paid 7 01 10.00", "paid 8 02 5.00", "refunded 8 03 1.00", "paid 0 04 700 JPY"]),
            of: RFM.self, clock: "2024-02-01T00:00:00Z"
        ).totals
        let euro = UInt64(OrdersTests.euro.packed)
        let yen = UInt64(Currency(code: "JPY")!.packed)
        #expect(
            totals == [
                Cell(1, euro): 1, Cell(2, euro): 2, Cell(3, euro): 1400, Cell(1, yen): 1, Cell(2, yen): 1,
                Cell(3, yen): 700,
            ])
    }

    @Test func `an order lies on the day of the policy's zone`() throws {
        let zone = try ZoneTable(encoded: "Test/East 36000")
        let outcome = try sketch(
            [SketchedEvent(.orderPaid, at: "2024-01-01T14:00:00Z", total: "1.00 EUR")], of: RFM.self,
            under: ActivePolicy(policy: .default, zone: zone, position: Position(1)), clock: "2024-02-01T00:00:00Z")
        #expect(outcome.state?.orders.overall.lastDay == CivilDay("2024-01-02"))
    }

    @Test func `bands and segments are the policy's`() throws {
        var population = RFMPopulation(currency: OrdersTests.euro)
        let day = try #require(CivilDay("2024-06-30"))
        for (number, lines) in [
            ["paid 1 01 250.00", "paid 2 02 1.00", "paid 3 03 1.00", "paid 4 04 1.00", "paid 5 05 1.00"],
            ["paid 1 01 0.99"],
        ].enumerated() {
            let tally = try OrdersTests.orders(OrdersTests.events(lines)).tallies[0]
            population.add(tally, of: CustomerNumber(rawValue: UInt32(number + 1)), on: day)
        }
        let policy = Policy.default.rfm
        population.score(.bands, by: policy, alias: { "\($0.rawValue)" })
        #expect(
            population.rows.map { [$0.recencyScore, $0.frequencyScore, $0.monetaryScore] } == [[3, 4, 5], [2, 1, 1]])
        #expect(population.rows.map(\.recencyDays) == [177, 181])
        #expect(population.rows.map { policy.segments[$0.segment(by: policy)!].name } == ["Loyal", "Hibernating"])
    }
}
