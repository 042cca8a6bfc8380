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
        if tally.lastDay != nil { add(Row(tally, of: customer, on: day)) }
    }

    mutating func add(_ row: Row) { rows.append(row) }
}

extension RFMPopulation.Row {
    /// - Parameter tally: of at least one kept order.
    init(_ tally: OrderTally, of customer: CustomerNumber, on day: CivilDay) {
        self.customer = customer
        recencyDays = day - tally.lastDay!
        (frequency, purchaseDays, amount) = (tally.orders, tally.purchaseDays, tally.amount)
    }

    /// What is scored, as keys that sort from worst to best.
    var keys: (recency: UInt64, frequency: UInt64, monetary: UInt64) {
        (Self.key(-Int64(recencyDays)), Self.key(frequency), Self.key(amount))
    }

    /// A key that sorts as the signed value.
    private static func key(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ 1 << 63 }

    /// Gives the scores of fixed limits.
    mutating func score(by bands: RFMPolicy.Bands, in currency: Currency) {
        recencyScore = UInt8(bands.recencyScore(days: recencyDays))
        frequencyScore = UInt8(bands.frequencyScore(orders: Int(frequency)))
        monetaryScore = UInt8(bands.monetaryScore(Money(minorUnits: amount, currency: currency)))
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
            for index in rows.indices { rows[index].score(by: policy.bands, in: currency) }
        }
    }

    private mutating func score(_ method: ScoreMethod, _ count: Int, order: [UInt32]) {
        let recency = method.scores(of: rows.map(\.keys.recency), order: order, count: count)
        let frequency = method.scores(of: rows.map(\.keys.frequency), order: order, count: count)
        let monetary = method.scores(of: rows.map(\.keys.monetary), order: order, count: count)
        for index in rows.indices {
            rows[index].recencyScore = recency.scores[index]
            rows[index].frequencyScore = frequency.scores[index]
            rows[index].monetaryScore = monetary.scores[index]
            rows[index].isRecencyTied = recency.isTied[index]
            rows[index].isFrequencyTied = frequency.isTied[index]
            rows[index].isMonetaryTied = monetary.isTied[index]
        }
    }
}

extension RFMPopulation.Row {
    /// The index of the segment that the scores fall into.
    func segment(by policy: RFMPolicy) -> Int? {
        policy.segmentIndex(
            recency: Int(recencyScore), frequency: Int(frequencyScore), monetary: Int(monetaryScore))
    }
}
