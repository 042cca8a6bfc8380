import Foundation
import Policies
import Simulation
import Testing
import Touchpoints

@testable import Views

/// Real purchases, scored the same as by SQLite; see `Tests/Fixtures/rfm/make.py`.
@Suite struct CDNOWTests {
    @Test(arguments: ["1997-03-31", "1997-09-30", "1998-06-30"], [RFMPolicy.Method.quantile, .ntile])
    func `scores equal SQL's`(date: String, method: RFMPolicy.Method) throws {
        let day = try #require(CivilDay(date))
        var population = RFMPopulation(currency: Currency(code: "USD")!)
        let customers = try Self.purchases().sorted { $0.key < $1.key }
        for (customer, purchases) in customers {
            let events = try purchases.filter { $0.day <= day }.map {
                try SketchedEvent(.orderPaid, at: "\($0.day)T00:00:00Z", total: "\($0.amount) USD")
            }
            guard let state = try sketch(events, of: RFM.self, clock: "\(date)T23:59:59Z").state else { continue }
            population.add(state.orders.tallies[0], of: CustomerNumber(rawValue: UInt32(customer)!), on: day)
        }
        population.score(method, by: Policy.default.rfm) { "customer:" + Self.text(of: $0) }

        var cells: [[UInt8]: (customers: Int, cents: Int, numbers: Int)] = [:]
        for row in population.rows {
            let scores = [row.recencyScore, row.frequencyScore, row.monetaryScore]
            let cell = cells[scores] ?? (0, 0, 0)
            cells[scores] = (
                cell.customers + 1, cell.cents + Int(row.amount), cell.numbers + Int(row.customer.rawValue)
            )
        }
        let lines = cells.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { scores, cell in
            "\(date),\(method.rawValue),\(scores[0]),\(scores[1]),\(scores[2]),\(cell.customers),\(cell.cents),\(cell.numbers)"
        }
        let golden = try Self.read("rfm/cdnow-sample-cells.csv").split(separator: "\n").map(String.init)
        #expect(lines == golden.filter { $0.hasPrefix("\(date),\(method.rawValue),") })
    }

    private static func purchases() throws -> [String: [(day: CivilDay, amount: String)]] {
        var purchases: [String: [(day: CivilDay, amount: String)]] = [:]
        for line in try read("cdnow/CDNOW_sample.txt").split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ").map(String.init)
            let digits = Array(words[2])
            let day = try #require(
                CivilDay("\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6...]))"))
            purchases[words[0], default: []].append((day, words[4]))
        }
        return purchases
    }

    private static func text(of customer: CustomerNumber) -> String {
        let digits = "\(customer.rawValue)"
        return String(repeating: "0", count: 5 - digits.count) + digits
    }

    private static func read(_ path: String) throws -> String {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/\(path)")
            .standardized
        return try String(contentsOf: url, encoding: .utf8)
    }
}
