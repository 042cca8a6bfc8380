import Touchpoints

/// The kept orders of one currency, counted.
struct OrderTally: Equatable, Sendable {
    var currency: Currency
    var orders: Int64 = 0
    /// In minor units, refunds taken off.
    var amount: Int64 = 0
    /// Different days with an order.
    var purchaseDays = 0
    /// The days of the first and of the last order; nil without one.
    private(set) var firstDay, lastDay: CivilDay?

    init(currency: Currency) { self.currency = currency }

    /// Counts orders of a day that is not before the last.
    mutating func add(orders count: Int64, on day: CivilDay) {
        orders += count
        if lastDay != day { purchaseDays += 1 }
        if firstDay == nil { firstDay = day }
        lastDay = day
    }
}

/// What the kept orders of a day brought in one currency.
struct DaySpend: Equatable, Sendable {
    let day: CivilDay
    let currency: Currency
    /// In minor units, refunds taken off.
    var amount: Int128 = 0
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
