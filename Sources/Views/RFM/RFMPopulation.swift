import Policies
import Projections
import Touchpoints

/// All customers with a kept order in one currency, scored together.
struct RFMPopulation {
    let currency: Currency
    /// By customer number.
    private(set) var rows: [Row] = []

    struct Row {
        var customer: CustomerNumber
        var recencyDays: Int
        var frequency: Int64
        var purchaseDays: Int
        /// In minor units.
        var amount: Int64
        var recencyScore: UInt8 = 0
        var frequencyScore: UInt8 = 0
        var monetaryScore: UInt8 = 0
        /// Where NTILE decided between equal values.
        var isRecencyTied = false
        var isFrequencyTied = false
        var isMonetaryTied = false
    }

    init(currency: Currency) { self.currency = currency }

    /// Adds what a customer has in this currency.
    mutating func add(_ tally: OrderTally, of customer: CustomerNumber, on day: CivilDay) {
        guard let last = tally.lastDay else { return }
        rows.append(
            Row(
                customer: customer, recencyDays: day - last, frequency: tally.orders,
                purchaseDays: tally.purchaseDays, amount: tally.amount))
    }
}

/// Scores.
extension RFMPopulation {
    /// Scores all rows. O(n) for quantiles and bands; NTILE also asks for all names.
    ///
    /// - Parameter alias: a customer's `kind:value`, by whose bytes NTILE decides between equal values.
    mutating func score(_ method: RFMPolicy.Method, by policy: RFMPolicy, alias: (CustomerNumber) throws -> String)
        rethrows
    {
        switch method {
        case .quantile: score(.quantile, policy.scoreCount, order: Array(0..<UInt32(rows.count)))
        case .ntile:
            let names = try rows.map { try alias($0.customer) }
            score(.ntile, policy.scoreCount, order: AliasOrder.sorted(names))
        case .bands:
            for index in rows.indices {
                let row = rows[index]
                rows[index].recencyScore = UInt8(policy.bands.recencyScore(days: row.recencyDays))
                rows[index].frequencyScore = UInt8(policy.bands.frequencyScore(orders: Int(row.frequency)))
                rows[index].monetaryScore = UInt8(
                    policy.bands.monetaryScore(Money(minorUnits: row.amount, currency: currency)))
            }
        }
    }

    private mutating func score(_ method: ScoreMethod, _ count: Int, order: [UInt32]) {
        let recency = method.scores(of: rows.map { Self.key(-Int64($0.recencyDays)) }, order: order, count: count)
        let frequency = method.scores(of: rows.map { Self.key($0.frequency) }, order: order, count: count)
        let monetary = method.scores(of: rows.map { Self.key($0.amount) }, order: order, count: count)
        for index in rows.indices {
            rows[index].recencyScore = recency.scores[index]
            rows[index].frequencyScore = frequency.scores[index]
            rows[index].monetaryScore = monetary.scores[index]
            rows[index].isRecencyTied = recency.isTied[index]
            rows[index].isFrequencyTied = frequency.isTied[index]
            rows[index].isMonetaryTied = monetary.isTied[index]
        }
    }

    /// A key that sorts as the signed value.
    private static func key(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ 1 << 63 }
}

extension RFMPopulation.Row {
    /// The index of the segment that the scores fall into.
    func segment(by policy: RFMPolicy) -> Int? {
        policy.segmentIndex(
            recency: Int(recencyScore), frequency: Int(frequencyScore), monetary: Int(monetaryScore))
    }
}
