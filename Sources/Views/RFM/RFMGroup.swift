import Projections
import Touchpoints

/// Sums over some customers of one currency.
struct RFMGroup {
    private(set) var customers: Int64 = 0
    private(set) var orders: Int64 = 0
    private(set) var recencyDays: Int64 = 0
    private var amount: Int128 = 0

    mutating func add(_ row: RFMPopulation.Row) {
        customers += 1
        orders += row.frequency
        recencyDays += Int64(row.recencyDays)
        amount += Int128(row.amount)
    }

    func amount(in currency: Currency) -> Value { .decimal(units: amount, scale: currency.minorDigits) }

    /// In units of the currency.
    func meanAmount(in currency: Currency) -> Value {
        var units = 1.0
        for _ in 0..<currency.minorDigits { units *= 10 }
        return mean(Double(amount) / units)
    }

    /// A sum over the customers, divided by their number; null where there is none.
    func mean(_ sum: Double) -> Value { customers == 0 ? .null : .number(sum / Double(customers)) }
}
