import Touchpoints

/// The kept orders of one currency, counted.
struct OrderTally: Equatable, Sendable, BitwiseCopyable {
    var currency: Currency
    var orders: Int64 = 0
    /// In minor units, refunds taken off; fits into 64 bits when a step is done.
    private var sum: Int128 = 0
    /// Different days with an order.
    var purchaseDays = 0
    /// The days of the first and of the last order; nil without one.
    var firstDay, lastDay: CivilDay?

    init(currency: Currency) { self.currency = currency }

    /// In minor units, refunds taken off.
    var amount: Int64 { Int64(sum) }

    mutating func add(_ amount: Int128, orders count: Int64) {
        orders += count
        sum += amount
    }

    /// Counts a day with orders that had none.
    mutating func add(day: CivilDay) {
        purchaseDays += 1
        firstDay = firstDay.map { min($0, day) } ?? day
        lastDay = lastDay.map { max($0, day) } ?? day
    }

    func checkAmount() throws(MoneyOverflow) {
        if Int64(exactly: sum) == nil { throw MoneyOverflow() }
    }
}

/// What the kept orders of a day brought in one currency.
struct DaySpend: Equatable, Sendable, BitwiseCopyable {
    let day: CivilDay
    let currency: Currency
    /// At least one.
    var orders: Int64 = 0
    /// In minor units, refunds taken off.
    var amount: Int128 = 0

    static func < (a: DaySpend, b: DaySpend) -> Bool { (a.day, a.currency) < (b.day, b.currency) }
}

/// A sum of money beyond 64 bits of minor units: the customer is set aside.
struct MoneyOverflow: Error, Equatable, CustomStringConvertible {
    var description: String { "a sum of money exceeds 64 bits" }
}

extension Int64 {
    func adding(_ other: Int64) throws(MoneyOverflow) -> Int64 {
        let (sum, overflows) = addingReportingOverflow(other)
        if overflows { throw MoneyOverflow() }
        return sum
    }
}

extension Currency {
    /// No currency; before all others.
    static let none = Currency(packed: 0)
}
