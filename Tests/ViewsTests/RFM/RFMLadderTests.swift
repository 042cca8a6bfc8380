import Policies
import Projections
import Testing
import Touchpoints

@testable import Views

@Suite struct RFMLadderTests {
    private static let euro = Currency(code: "EUR")!

    private static func row(_ number: Int, _ random: inout SeededRandom) -> RFMPopulation.Row {
        var tally = OrderTally(currency: euro)
        tally.add(Int128.random(in: 0...6, using: &random), orders: Int64.random(in: 1...4, using: &random))
        tally.add(day: CivilDay(rawValue: Int32.random(in: 0...5, using: &random)))
        return RFMPopulation.Row(tally, of: CustomerNumber(rawValue: UInt32(number)), on: CivilDay(rawValue: 10))
    }

    private static func population(_ rows: [RFMPopulation.Row]) -> RFMPopulation {
        var population = RFMPopulation(currency: euro)
        for row in rows { population.add(row) }
        return population
    }

    private func scores(_ row: RFMPopulation.Row) -> [String] {
        [
            "\(row.recencyScore) \(row.isRecencyTied)", "\(row.frequencyScore) \(row.isFrequencyTied)",
            "\(row.monetaryScore) \(row.isMonetaryTied)",
        ]
    }

    @Test(arguments: RFMPolicy.Method.allCases, 0..<30 as Range<UInt64>)
    func `a customer is placed as if it were scored with all others`(method: RFMPolicy.Method, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let policy = Policy.default.rfm
        // Names that do not stand in the order of the numbers.
        let alias = { (customer: CustomerNumber) in "member:\(customer.rawValue % 7)-\(customer.rawValue)" }
        let rows = (1...Int.random(in: 1...30, using: &random)).map { Self.row($0, &random) }
        let ladder = RFMLadder(Self.population(rows), method, by: policy, alias: alias)
        for number in 1...rows.count + 1 {
            // As it is, with other orders, and one who is not there.
            var tries = [Self.row(number, &random)]
            if number <= rows.count { tries.append(rows[number - 1]) }
            for row in tries {
                var all = rows.filter { $0.customer != row.customer } + [row]
                all.sort { $0.customer < $1.customer }
                var population = Self.population(all)
                population.score(method, by: policy, alias: alias)
                let expected = population.rows.first { $0.customer == row.customer }!
                #expect(scores(ladder.place(row, alias: alias(row.customer))) == scores(expected))
            }
        }
    }
}
