public import Projections
import Touchpoints

extension Loyalty {
    public typealias State = Pool
}

/// A customer's ledger: the pool of its strands' accounts (rule 23).
///
/// Each entry names its strand, and each list has an order of its own that does not depend on how the pool came about:
/// merging customers joins the lists, splitting them parts the lists.
public struct Pool: ViewState {
    /// By strand; one for each strand that has booked anything.
    public internal(set) var accounts: [Account] = []
    /// The balance: points that can be spent, in the order in which they are.
    public internal(set) var lots: [Lot] = []
    /// By (ready, position).
    public internal(set) var pending: [PendingLot] = []
    /// By position.
    public internal(set) var debts: [Debt] = []
    /// By position.
    public internal(set) var orders: [OrderRecord] = []
    var orderIndex = OrderIndex()
    /// Those that wait for their order, by position.
    public internal(set) var refunds: [WaitingRefund] = []
    /// By the position of the order, then of the refund.
    public internal(set) var applied: [AppliedRefund] = []
    /// By cause.
    public internal(set) var takings: [Taking] = []
    /// By position.
    public internal(set) var memberships: [Membership] = []

    public init() {}
}

extension Pool {
    /// Whether the customer has any entry in the ledger.
    var isMember: Bool { !accounts.isEmpty }

    /// Whether the last word on membership was `member.enrolled`.
    var isEnrolled: Bool { memberships.last?.isEnrolment ?? false }

    /// When the next lot expires or is released. O(1).
    var nextDue: Timestamp? {
        let due = min(lots.first?.expires ?? .distantFuture, pending.first?.ready ?? .distantFuture)
        return due == .distantFuture ? nil : due
    }

    /// The index of the first record of that order. O(1).
    func record(ofOrder order: UInt64) -> Int? { orderIndex.place(of: order, in: orders) }

    /// Adds the record of what was granted last.
    mutating func remember(_ record: OrderRecord) {
        orders.append(record)
        orderIndex.takeLast(of: orders)
    }

    /// The index of the record of the order that was booked at that position. O(log orders).
    func record(at position: Position) -> Int? {
        let index = orders.insertionIndex { $0.position < position }
        return index < orders.count && orders[index].position == position ? index : nil
    }

    /// The index of what is left to spend of an order's own lot. O(log lots).
    func index(ofLot order: OrderRecord) -> Int? {
        let index = lots.insertionIndex { $0.isSpentBefore(order.lot) }
        return index < lots.count && lots[index].position == order.position ? index : nil
    }

    /// The same of an order whose points are pending. O(log lots).
    func index(ofPendingLot order: OrderRecord) -> Int? {
        let entry = PendingLot(ready: min(order.ready, order.expires), lot: order.lot)
        let index = pending.insertionIndex { $0.isReadyBefore(entry) }
        return index < pending.count && pending[index].lot.position == order.position ? index : nil
    }

    /// Adds to one figure of a strand's account, which is made when there is none.
    mutating func book(_ points: Int64, as counter: Account.Counter, on strand: StrandNumber) throws(LedgerError) {
        let index = account(of: strand)
        let (sum, overflow) = accounts[index][counter].addingReportingOverflow(points)
        guard !overflow else { throw .overflow("an account") }
        accounts[index][counter] = sum
    }

    mutating func enter(_ membership: Membership, _ journal: inout Journal) {
        _ = account(of: membership.strand)
        memberships.append(membership)
        journal.note(membership.isEnrolment ? .memberEnrolled : .memberLeft)
    }

    private mutating func account(of strand: StrandNumber) -> Int {
        let index = accounts.insertionIndex { $0.strand < strand }
        if index == accounts.count || accounts[index].strand != strand {
            accounts.insert(Account(strand: strand), at: index)
        }
        return index
    }
}

extension Array {
    /// The first index whose element is not before what is looked for; the elements before it all are.
    ///
    /// Tried at the end first, where most new entries belong.
    func insertionIndex(_ isBefore: (Element) -> Bool) -> Int {
        guard let last, !isBefore(last) else { return count }
        var (low, high) = (0, count - 1)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
