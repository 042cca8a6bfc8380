import Projections
import Touchpoints

/// The sums of a pool.
struct Figures: Equatable {
    var earned: Int64 = 0
    var redeemed: Int64 = 0
    var expired: Int64 = 0
    var reversed: Int64 = 0
    var adjusted: Int64 = 0
    var moved: Int64 = 0
    var balance: Int64 = 0
    var pending: Int64 = 0
    var owed: Int64 = 0

    static let names = [
        "balance", "pending", "owed", "earned", "redeemed", "expired", "reversed", "adjusted", "moved",
    ]

    /// Adds them to totals: the first of ``names`` to `first`, the others to the tables behind it.
    func add(to sink: inout Sink, from first: UInt8) {
        func add(_ value: Int64, _ number: UInt8) { if value != 0 { sink.add(value, to: Cell(first + number)) } }
        add(balance, 0)
        add(pending, 1)
        add(owed, 2)
        add(earned, 3)
        add(redeemed, 4)
        add(expired, 5)
        add(reversed, 6)
        add(adjusted, 7)
        add(moved, 8)
    }

    init() {}

    /// The sums, whether they foot or not; throws where one does not fit into 64 bits. O(lots).
    init(of pool: Pool) throws(LedgerError) {
        for account in pool.accounts {
            try Self.add(account.earned, to: &earned)
            try Self.add(account.redeemed, to: &redeemed)
            try Self.add(account.expired, to: &expired)
            try Self.add(account.reversed, to: &reversed)
            try Self.add(account.adjusted, to: &adjusted)
            try Self.add(account.moved, to: &moved)
        }
        for lot in pool.lots { try Self.add(lot.points, to: &balance) }
        for entry in pool.pending { try Self.add(entry.lot.points, to: &pending) }
        for debt in pool.debts { try Self.add(debt.points, to: &owed) }
    }

    /// The identity of rule 28. What moved sums to nothing in a pool, until strands leave it.
    var foots: Bool {
        let booked =
            Int128(earned) - Int128(redeemed) - Int128(expired) - Int128(reversed) + Int128(adjusted) + Int128(moved)
        return booked == Int128(balance) + Int128(pending) - Int128(owed)
    }

    private static func add(_ value: Int64, to sum: inout Int64) throws(LedgerError) {
        let (next, overflow) = sum.addingReportingOverflow(value)
        guard !overflow else { throw .overflow("a sum of points") }
        sum = next
    }
}

extension Pool {
    /// Nothing waits that ``settle(_:)`` might book.
    var isSettled: Bool { (refunds.isEmpty || orderIndex.isMatched) && (debts.isEmpty || lots.isEmpty) }

    /// The settled pool's sums; those of each entry alone where customers have become one whose sums do not fit together.
    var figuresThatFit: [Figures] {
        if let figures = try? Figures(of: settled()) { return [figures] }
        var entries: [Figures] = accounts.map { account in
            var figures = Figures()
            figures.earned = account.earned
            figures.redeemed = account.redeemed
            figures.expired = account.expired
            figures.reversed = account.reversed
            figures.adjusted = account.adjusted
            figures.moved = account.moved
            return figures
        }
        func add(_ points: Int64, to figure: WritableKeyPath<Figures, Int64>) {
            entries.append(Figures())
            entries[entries.count - 1][keyPath: figure] = points
        }
        for lot in lots { add(lot.points, to: \.balance) }
        for entry in pending { add(entry.lot.points, to: \.pending) }
        for debt in debts { add(debt.points, to: \.owed) }
        return entries
    }
}
