import Touchpoints

/// How points are earned, how long they live, and what tiers they give.
public struct LoyaltyPolicy: Equatable, Sendable {
    /// Only orders that follow `member.enrolled` earn.
    public var isMemberOnly: Bool
    public var earning: Earning
    /// Points are pending for so many days before they can be spent; 0 is not at all.
    public var pendingDays: Int
    /// Points expire when so many days have ended; nil is never.
    public var expiresAfterDays: Int?
    /// The column `expiring` counts points that expire within so many days.
    public var expiringWithinDays: Int
    public var tiers: Tiers

    public struct Earning: Equatable, Sendable {
        /// The event that earns by its `data.total`.
        public var on: EventType
        /// Points for one unit of a currency (a euro, not a cent).
        public var pointsPerUnit: FixedDecimal
        public var pointsPerUnitByCurrency: [Currency: FixedDecimal]
        public var rounding: Rounding
    }

    /// How an amount's points become whole.
    public enum Rounding: String, CaseIterable, Sendable {
        case floor
        /// Half and more goes up.
        case nearest
        case ceiling
    }

    public struct Tiers: Equatable, Sendable {
        public var basis: Basis
        /// What counts lies within so many days.
        public var windowDays: Int
        /// A tier is kept for so many days after it would have been lost.
        public var graceDays: Int
        /// Ascending; the first begins at 0, so everyone has one.
        public var levels: [Level]
    }

    public enum Basis: String, CaseIterable, Sendable {
        /// Points earned.
        case points
        /// Money spent, in units of the currency.
        case spend
        /// Kept orders.
        case orders
    }

    public struct Level: Equatable, Sendable {
        public var name: String
        /// What is needed at least, in the unit of the basis; whole except for spend.
        public var minimum: FixedDecimal
    }
}

extension LoyaltyPolicy.Earning {
    /// The points that an amount earns; nil where they do not fit into 64 bits.
    public func points(for money: Money) -> Int64? {
        let rate = pointsPerUnitByCurrency[money.currency] ?? pointsPerUnit
        var divisor = FixedDecimal.scale
        for _ in 0..<money.currency.minorDigits { divisor *= 10 }
        let product = Int128(money.minorUnits) * Int128(rate.scaled)
        let wide = Int128(divisor)
        let quotient = product / wide
        let remainder = product % wide
        let floor = remainder < 0 ? quotient - 1 : quotient
        let rest = remainder < 0 ? remainder + wide : remainder
        switch rounding {
        case .floor: return Int64(exactly: floor)
        case .nearest: return Int64(exactly: rest * 2 >= wide ? floor + 1 : floor)
        case .ceiling: return Int64(exactly: rest > 0 ? floor + 1 : floor)
        }
    }
}
