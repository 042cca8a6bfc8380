public import Touchpoints

/// What one strand has booked since its first entry; the sums of a customer are those of its strands' accounts.
public struct Account: Hashable, Sendable, BitwiseCopyable {
    public let strand: StrandNumber
    public var earned: Int64 = 0
    public var redeemed: Int64 = 0
    public var expired: Int64 = 0
    public var reversed: Int64 = 0
    /// Given less taken.
    public var adjusted: Int64 = 0
    /// Of its debts paid by other strands' points, less of its points that paid others' debts.
    public var moved: Int64 = 0

    init(strand: StrandNumber) { self.strand = strand }

    /// The figures that steps add to.
    enum Counter: Sendable { case earned, redeemed, expired, reversed, adjusted, moved }

    subscript(counter: Counter) -> Int64 {
        get {
            switch counter {
            case .earned: earned
            case .redeemed: redeemed
            case .expired: expired
            case .reversed: reversed
            case .adjusted: adjusted
            case .moved: moved
            }
        }
        set {
            switch counter {
            case .earned: earned = newValue
            case .redeemed: redeemed = newValue
            case .expired: expired = newValue
            case .reversed: reversed = newValue
            case .adjusted: adjusted = newValue
            case .moved: moved = newValue
            }
        }
    }
}
