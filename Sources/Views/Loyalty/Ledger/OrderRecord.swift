public import Touchpoints

/// What is remembered of points that were granted: what refunds and voids take back, and what counts for tiers. One for
/// each order and each adjustment that gave points, for ever.
public struct OrderRecord: Hashable, Sendable, BitwiseCopyable {
    /// The event that granted; also that of the lot.
    public let position: Position
    /// Not an adjustment.
    public let isOrder: Bool
    /// 0 where the event names no order: nothing can refund it.
    public let order: UInt64
    public let strand: StrandNumber
    /// The day of t, in the zone of the policy that granted the points.
    public let day: CivilDay
    /// The points granted.
    public let points: Int64
    /// Minor units of the currency, not negative.
    public let amount: Int64
    public let currency: Currency
    /// When the lot can be spent, and when it expires.
    public let ready: Timestamp
    public let expires: Timestamp
    /// At most the amount.
    public var refunded: Int64 = 0
    /// Of the points, taken back by refunds.
    public var reversed: Int64 = 0
    /// Of the points taken back, those that came from its own lot, and from what of it had expired.
    public var takenFromLot: Int64 = 0
    public var takenFromExpired: Int64 = 0
    /// Of the points, expired and not taken back since.
    public var expired: Int64 = 0
    /// Cancelled, or refunded in full by an event that names it.
    public var isVoid = false

    init(
        position: Position, isOrder: Bool = true, order: UInt64, strand: StrandNumber, day: CivilDay, points: Int64,
        amount: Int64, currency: Currency, ready: Timestamp, expires: Timestamp
    ) {
        self.position = position
        self.isOrder = isOrder
        self.order = order
        self.strand = strand
        self.day = day
        self.points = points
        self.amount = amount
        self.currency = currency
        self.ready = ready
        self.expires = expires
    }

    /// The lot that was granted.
    var lot: Lot { Lot(expires: expires, position: position, points: points, strand: strand) }

    /// Counts one more refund, never more than the amount in all.
    mutating func count(_ refund: WaitingRefund) {
        refunded = refund.isOfRest ? amount : refunded + min(refund.amount, amount - refunded)
        if refunded == amount { isVoid = true }
    }

    /// The points that refunds so far are to have taken back in all: floor(points x refunded / amount).
    var reversalTarget: Int64 {
        amount == 0 ? 0 : Int64(Int128(points) * Int128(refunded) / Int128(amount))
    }
}

/// A refund or cancellation that has met its order: what the order counts as refunded is made of these.
public struct AppliedRefund: Hashable, Sendable, BitwiseCopyable {
    /// The event of the order, to whose strand this belongs.
    public let record: Position
    public let refund: WaitingRefund

    func isBefore(_ other: Self) -> Bool {
        (record, refund.position) < (other.record, other.refund.position)
    }
}

/// A refund or cancellation that has not met its order.
public struct WaitingRefund: Hashable, Sendable, BitwiseCopyable {
    public let position: Position
    public let order: UInt64
    /// Of the event; of the order, once it has met one.
    public internal(set) var strand: StrandNumber
    /// Minor units; 0 for a cancellation.
    public let amount: Int64
    public let currency: Currency
    /// A cancellation: a refund of the rest.
    public let isOfRest: Bool
}

extension WaitingRefund {
    init(_ event: borrowing EventView) {
        isOfRest = event.type == .orderCancelled
        let total = event.money ?? Money(minorUnits: 0, currency: Currency(packed: 0))
        position = event.position
        order = event.order
        strand = event.strand
        amount = isOfRest ? 0 : max(0, total.minorUnits)
        currency = isOfRest ? Currency(packed: 0) : total.currency
    }
}
