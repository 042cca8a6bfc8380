import Policies
import Touchpoints

/// What a customer spent within a number of days up to a day, against as many days before.
///
/// In the currency of the latest kept order (of several on that day the first by code). An order counts on its day,
/// less what was refunded of it by now.
struct SpendChange {
    private var current: Int128 = 0
    private var before: Int128 = 0

    /// O(days of both windows).
    init(_ orders: Orders, on day: CivilDay, windowDays: Int) {
        guard let currency = Self.currency(orders) else { return }
        for entry in orders.spend.reversed() {
            let age = day - entry.day
            guard age < 2 * windowDays else { break }
            guard entry.currency == currency else { continue }
            if age < windowDays { current += entry.amount } else { before += entry.amount }
        }
    }

    /// Whether the change in percent is within bounds; never, where nothing was spent before.
    func fits(_ bounds: Bounds) -> Bool {
        guard before > 0 else { return false }
        let change = (current - before) * 100
        if let min = bounds.min, change < Int128(min) * before { return false }
        if let max = bounds.max, change > Int128(max) * before { return false }
        return true
    }

    /// The next day on which an order leaves one of the windows; nil if none is in them. O(days of both windows).
    static func nextDay(_ orders: Orders, after day: CivilDay, windowDays: Int) -> CivilDay? {
        guard let currency = currency(orders) else { return nil }
        var next: CivilDay?
        for entry in orders.spend.reversed() {
            let age = day - entry.day
            guard age < 2 * windowDays else { break }
            guard entry.currency == currency else { continue }
            let leaves = entry.day + (age < windowDays ? windowDays : 2 * windowDays)
            next = next.map { min($0, leaves) } ?? leaves
        }
        return next
    }

    private static func currency(_ orders: Orders) -> Currency? {
        let last = orders.overall.lastDay
        return orders.tallies.first { $0.lastDay == last }?.currency
    }
}
