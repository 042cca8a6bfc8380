public import Touchpoints

/// Points that were taken from a lot, to spend them or to pay a debt: what a void gives back. Kept for ever.
public struct Taking: Hashable, Sendable, BitwiseCopyable {
    /// The event that took them; of reversals of an order the order's own, whichever refund it was.
    public let cause: Position
    public let use: Use
    /// The strand on whose account they are booked: that of the lot, or the one whose debt the lot has paid.
    public let strand: StrandNumber
    /// The lot, with the points that were taken from it.
    public var lot: Lot

    /// By cause, what expires last being given back first.
    func isBefore(_ other: Self) -> Bool {
        guard cause == other.cause else { return cause < other.cause }
        guard lot.expires == other.lot.expires, lot.position == other.lot.position else {
            return lot.isSpentBefore(other.lot)
        }
        return (lot.strand, strand) < (other.lot.strand, other.strand)
    }
}

/// What points are taken for.
public enum Use: UInt8, Sendable, BitwiseCopyable {
    case redeemed, reversed, adjusted

    var counter: Account.Counter {
        switch self {
        case .redeemed: .redeemed
        case .reversed: .reversed
        case .adjusted: .adjusted
        }
    }
    var kind: Booking.Kind {
        switch self {
        case .redeemed: .redeemed
        case .reversed: .reversed
        case .adjusted: .adjusted
        }
    }
    /// The rule of an event that takes points for this.
    var rule: LedgerRule {
        switch self {
        case .redeemed: .pointsRedeemed
        case .reversed: .pointsReversed
        case .adjusted: .pointsAdjusted
        }
    }
    /// Adjustments count what was given less what was taken.
    var sign: Int64 { self == .adjusted ? -1 : 1 }
}
