import Touchpoints

/// One entry of a ledger as it is shown: what was booked, and how it moved balance, pending and owed.
struct Booking: Equatable {
    enum Kind: String, CaseIterable {
        case earned, released, redeemed, expired, reversed, adjusted, owed, paid
    }

    /// When it was booked; a wake-up books at the time that it was due.
    var time = Timestamp.epoch
    let kind: Kind
    let points: Int64
    /// The lot that it is about, as it was before.
    let lot: Lot?
    let balance: Int64
    let pending: Int64
    let owed: Int64
    let rule: LedgerRule

    init(
        _ kind: Kind, _ points: Int64, lot: Lot?, balance: Int64 = 0, pending: Int64 = 0, owed: Int64 = 0,
        because rule: LedgerRule
    ) {
        self.kind = kind
        self.points = points
        self.lot = lot
        self.balance = balance
        self.pending = pending
        self.owed = owed
        self.rule = rule
    }
}
