import Policies
import Touchpoints

/// Finds the tier of a pool at a day: a pure function of its orders, the day and the policy (rule 29).
///
/// What counts is net of refunds: points less those reversed, money less what was refunded, orders that are not void.
struct TierScale {
    let tiers: LoyaltyPolicy.Tiers

    init(_ tiers: LoyaltyPolicy.Tiers) { self.tiers = tiers }

    /// The band of the window of `windowDays` days that ends with `day`; with grace the highest band of the windows that
    /// end with `day` or on one of the `graceDays` days before. O(orders log orders).
    func tier(of pool: Pool, on day: CivilDay) -> LoyaltyPolicy.Level { tiers.levels[level(of: pool, on: day)] }

    func level(of pool: Pool, on day: CivilDay) -> Int {
        let firstEnd = day - tiers.graceDays
        let entries = pool.orders.filter {
            $0.isOrder && $0.day > firstEnd - tiers.windowDays && !$0.isVoid
        }
        .sorted { ($0.day, $0.position) < ($1.day, $1.position) }
        if tiers.basis == .spend {
            return Set(entries.map(\.currency)).map { currency in
                level(ofHighest: entries.filter { $0.currency == currency }, from: firstEnd, to: day, in: currency)
            }.max() ?? 0
        }
        return level(ofHighest: entries, from: firstEnd, to: day, in: nil)
    }

    /// The highest band of a window that ends on `firstEnd` or later, up to `lastEnd`. Sums grow only on the days of
    /// entries, so those are the ends to try. A day that a policy further east has given counts as the last.
    private func level(
        ofHighest entries: [OrderRecord], from firstEnd: CivilDay, to lastEnd: CivilDay, in currency: Currency?
    ) -> Int {
        func windowEnd(_ entry: OrderRecord) -> CivilDay { max(min(entry.day, lastEnd), firstEnd) }
        var sum: Int128 = 0
        var highest: Int128 = 0
        var tail = 0
        for (index, entry) in entries.enumerated() {
            let end = windowEnd(entry)
            sum += Int128(value(of: entry))
            while entries[tail].day <= end - tiers.windowDays {
                sum -= Int128(value(of: entries[tail]))
                tail += 1
            }
            let isLastOfEnd = index + 1 == entries.count || windowEnd(entries[index + 1]) > end
            if isLastOfEnd { highest = max(highest, sum) }
        }
        return tiers.levels.lastIndex { level in
            highest >= Int128(currency.map { level.minimum.minorUnitsUp(in: $0) } ?? level.minimum.whole)
        } ?? 0
    }

    private func value(of order: OrderRecord) -> Int64 {
        switch tiers.basis {
        case .points: order.points - order.reversed
        case .spend: order.amount - order.refunded
        case .orders: 1
        }
    }
}
