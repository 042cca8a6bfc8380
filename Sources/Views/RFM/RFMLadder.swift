import Policies
import Projections
import Touchpoints

/// All customers of a currency from worst to best, to place one of them as if it had other orders.
///
/// What it says of a customer as it is are the scores of ``RFMPopulation``.
struct RFMLadder {
    let currency: Currency
    private let method: RFMPolicy.Method
    private let policy: RFMPolicy
    private let rows: [CustomerNumber: RFMPopulation.Row]
    private let recency, frequency, monetary: Rungs
    /// Ascending by bytes; for NTILE only, which decides between equal values by them.
    private let names: [String]
    private var ranks: [CustomerNumber: Int] = [:]

    /// O(n log n); NTILE also asks for all names.
    init(
        _ population: RFMPopulation, _ method: RFMPolicy.Method, by policy: RFMPolicy,
        alias: (CustomerNumber) throws -> String
    ) rethrows {
        currency = population.currency
        (self.method, self.policy) = (method, policy)
        let all = population.rows
        rows = Dictionary(uniqueKeysWithValues: all.map { ($0.customer, $0) })
        let known = method == .ntile ? try all.map { try alias($0.customer) } : []
        let order = method == .ntile ? AliasOrder.sorted(known) : Array(0..<UInt32(all.count))
        names = method == .ntile ? order.map { known[Int($0)] } : []
        for (rank, index) in order.enumerated() { ranks[all[Int(index)].customer] = rank }
        let ranks = ranks
        func rungs(_ key: (RFMPopulation.Row) -> UInt64) -> Rungs {
            Rungs(all.map { Rung(value: key($0), rank: ranks[$0.customer]! * 2 + 1) })
        }
        recency = rungs(\.keys.recency)
        frequency = rungs(\.keys.frequency)
        monetary = rungs(\.keys.monetary)
    }

    /// The row with its scores. O(log n).
    func place(_ row: RFMPopulation.Row, alias: String) -> RFMPopulation.Row {
        var row = row
        guard method != .bands else {
            row.score(by: policy.bands, in: currency)
            return row
        }
        let own = rows[row.customer]?.keys
        let rank = rank(of: row.customer, alias)
        func score(_ rungs: Rungs, _ value: UInt64, own: UInt64?) -> (score: UInt8, isTied: Bool) {
            let place = rungs.place(
                of: Rung(value: value, rank: rank), without: own.map { Rung(value: $0, rank: rank) })
            let method = method == .ntile ? ScoreMethod.ntile : .quantile
            func score(at place: Int, of n: Int) -> UInt8 { UInt8(method.score(at: place, of: n, policy.scoreCount)) }
            let first = score(at: place.equal.lowerBound, of: place.count)
            let decides = method == .ntile && first != score(at: place.equal.upperBound, of: place.count)
            return (decides ? score(at: place.own, of: place.count) : first, decides)
        }
        (row.recencyScore, row.isRecencyTied) = score(recency, row.keys.recency, own: own?.recency)
        (row.frequencyScore, row.isFrequencyTied) = score(frequency, row.keys.frequency, own: own?.frequency)
        (row.monetaryScore, row.isMonetaryTied) = score(monetary, row.keys.monetary, own: own?.monetary)
        return row
    }

    /// Odd for those who are there, even for others between them.
    private func rank(of customer: CustomerNumber, _ alias: String) -> Int {
        if let rank = ranks[customer] { return rank * 2 + 1 }
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if names[middle].utf8.lexicographicallyPrecedes(alias.utf8) { low = middle + 1 } else { high = middle }
        }
        return low * 2
    }
}

/// A value on a ladder; equal ones stand in the order of their ranks.
private struct Rung: Comparable {
    let value: UInt64
    let rank: Int

    static func < (a: Rung, b: Rung) -> Bool { (a.value, a.rank) < (b.value, b.rank) }
}

/// The values of all, ascending.
private struct Rungs {
    private let rungs: [Rung]

    init(_ rungs: [Rung]) { self.rungs = rungs.sorted() }

    /// Where a value stands from 0 on, the places of those equal to it, and the number of all, one of them taken out before.
    func place(of rung: Rung, without own: Rung?) -> (own: Int, equal: ClosedRange<Int>, count: Int) {
        func count(_ isBefore: (Rung) -> Bool) -> Int {
            var (low, high) = (0, rungs.count)
            while low < high {
                let middle = (low + high) / 2
                if isBefore(rungs[middle]) { low = middle + 1 } else { high = middle }
            }
            return low - (own.map(isBefore) == true ? 1 : 0)
        }
        let first = count { $0.value < rung.value }
        // Itself stands behind those equal to it.
        let last = count { $0.value <= rung.value }
        return (count { $0 < rung }, first...last, rungs.count + (own == nil ? 1 : 0))
    }
}
