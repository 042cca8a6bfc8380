import Touchpoints

/// One entry of a ledger as it is shown: what was booked, and how it moved balance, pending and owed.
struct Booking: Equatable, Sendable {
    enum Kind: String, CaseIterable {
        case earned, released, redeemed, expired, reversed, adjusted, owed, paid, moved
    }

    /// When it was booked; a wake-up books at the time that it was due.
    var time = Timestamp.epoch
    let kind: Kind
    let points: Int64
    /// Whose balance, pending or owed points it moves.
    let strand: StrandNumber
    /// The lot that it is about, as it was before.
    let lot: Lot?
    let balance: Int64
    let pending: Int64
    let owed: Int64
    let rule: LedgerRule

    init(
        _ kind: Kind, _ points: Int64, lot: Lot, balance: Int64 = 0, pending: Int64 = 0, owed: Int64 = 0,
        because rule: LedgerRule
    ) {
        self.init(kind, points, lot, lot.strand, balance, pending, owed, rule)
    }

    /// One that is about no lot.
    init(_ kind: Kind, _ points: Int64, of strand: StrandNumber, owed: Int64 = 0, because rule: LedgerRule) {
        self.init(kind, points, nil, strand, 0, 0, owed, rule)
    }

    private init(
        _ kind: Kind, _ points: Int64, _ lot: Lot?, _ strand: StrandNumber, _ balance: Int64, _ pending: Int64,
        _ owed: Int64, _ rule: LedgerRule
    ) {
        self.kind = kind
        self.points = points
        self.strand = strand
        self.lot = lot
        self.balance = balance
        self.pending = pending
        self.owed = owed
        self.rule = rule
    }
}
