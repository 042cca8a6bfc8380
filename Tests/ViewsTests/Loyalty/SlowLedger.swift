import Policies
import Simulation
import Touchpoints

@testable import Views

/// A ledger of single points, each on a slip of its own, that looks at every slip whenever a day begins.
///
/// Written against rules 5 and 24 to 28 alone: it finds days by asking each hour which day it is.
struct SlowLedger {
    enum Place { case pending, balance, spent, expired }
    struct Slip {
        var grant: Int
        var readyDay: Int
        var expiryDay: Int
        var place: Place
    }
    struct Order {
        var id: UInt64
        var grant: Int
        var points: Int
        var amount: Int
        var refunds: [Int] = []
        var reversed = 0
    }

    var slips: [Slip] = []
    /// The events to which single points are owed.
    var debts: [Int] = []
    var orders: [Order] = []
    var waiting: [(event: Int, order: UInt64, amount: Int?)] = []
    var earned = 0
    var redeemed = 0
    var expired = 0
    var reversed = 0
    var adjusted = 0

    let policy: LoyaltyPolicy
    let zone: ZoneTable
    private var now: Timestamp
    private var events = 0

    init(_ policy: LoyaltyPolicy, in zone: ZoneTable, from start: Timestamp) {
        self.policy = policy
        self.zone = zone
        now = start
    }

    private func day(_ time: Timestamp) -> Int { Int(zone.day(of: time).rawValue) }
    private func count(_ place: Place) -> Int { slips.count { $0.place == place } }
    var balance: Int { count(.balance) }
    var pending: Int { count(.pending) }

    /// The points in each lot of a place, by the event that granted them.
    func lots(_ place: Place) -> [Int: Int] {
        slips.filter { $0.place == place }.reduce(into: [:]) { $0[$1.grant, default: 0] += 1 }
    }

    /// Lives through each hour up to a time.
    mutating func live(until time: Timestamp) {
        while now + .hours(1) <= time {
            let before = day(now)
            now = now + .hours(1)
            if day(now) != before { begin(day(now)) }
        }
    }

    private mutating func begin(_ today: Int) {
        for i in slips.indices where slips[i].place == .balance && slips[i].expiryDay <= today {
            slips[i].place = .expired
            expired += 1
        }
        for i in slips.indices where slips[i].place == .pending && slips[i].readyDay <= today { open(i, today) }
        settle()
    }

    private mutating func open(_ slip: Int, _ today: Int) {
        slips[slip].place = slips[slip].expiryDay <= today ? .expired : .balance
        if slips[slip].place == .expired { expired += 1 }
    }

    mutating func take(_ event: SketchedEvent) {
        let recorded = event.recorded ?? event.occurred
        live(until: recorded)
        events += 1
        let points = Int(event.points ?? 0)
        switch event.type {
        case .orderPaid: pay(event, on: day(recorded))
        case .orderRefunded: waiting.append((events, event.order, Int(event.money!.minorUnits)))
        case .orderCancelled: waiting.append((events, event.order, nil))
        case .pointsRedeemed:
            redeemed += points
            spend(points, for: events)
        case .pointsReversed:
            reversed += points
            spend(points, for: events)
        case .pointsAdjusted where points < 0:
            adjusted += points
            spend(-points, for: events)
        default:
            adjusted += points
            grant(points, day(event.occurred), pendingDays: 0, today: day(recorded))
        }
        settle()
    }

    private mutating func pay(_ event: SketchedEvent, on today: Int) {
        guard event.order == 0 || !orders.contains(where: { $0.id == event.order }) else { return }
        let amount = Int(event.money!.minorUnits)
        let points = amount / 100
        orders.append(Order(id: event.order, grant: events, points: points, amount: amount))
        earned += points
        grant(points, day(event.occurred), pendingDays: policy.pendingDays, today: today)
    }

    private mutating func grant(_ points: Int, _ day: Int, pendingDays: Int, today: Int) {
        for _ in 0..<points {
            slips.append(
                Slip(
                    grant: events, readyDay: day + pendingDays,
                    expiryDay: policy.expiresAfterDays.map { day + $0 } ?? .max,
                    place: .pending))
            if slips[slips.count - 1].readyDay <= today { open(slips.count - 1, today) }
        }
    }

    /// The slip to spend next.
    private var first: Int? {
        slips.indices.filter { slips[$0].place == .balance }
            .min { (slips[$0].expiryDay, slips[$0].grant) < (slips[$1].expiryDay, slips[$1].grant) }
    }

    private mutating func spend(_ points: Int, for event: Int) {
        for _ in 0..<points {
            if let slip = first { slips[slip].place = .spent } else { debts.append(event) }
        }
    }

    private mutating func settle() {
        var still: [(event: Int, order: UInt64, amount: Int?)] = []
        for refund in waiting {
            guard refund.order != 0 else { continue }
            guard let i = orders.firstIndex(where: { $0.id == refund.order }) else {
                still.append(refund)
                continue
            }
            orders[i].refunds.append(refund.amount ?? orders[i].amount)
            let refunded = min(orders[i].refunds.reduce(0, +), orders[i].amount)
            let due = orders[i].amount == 0 ? 0 : orders[i].points * refunded / orders[i].amount
            while orders[i].reversed < due {
                orders[i].reversed += 1
                reverse(orders[i].grant, for: refund.event)
            }
        }
        waiting = still
        while !debts.isEmpty, let slip = first {
            slips[slip].place = .spent
            debts.remove(at: debts.indices.min { debts[$0] < debts[$1] }!)
        }
    }

    private mutating func reverse(_ grant: Int, for event: Int) {
        reversed += 1
        let own = slips.indices.filter { slips[$0].grant == grant }
        if let slip = own.first(where: { slips[$0].place == .balance || slips[$0].place == .pending }) {
            slips[slip].place = .spent
        } else if let slip = own.first(where: { slips[$0].place == .expired }) {
            slips[slip].place = .spent
            expired -= 1
        } else {
            spend(1, for: event)
        }
    }
}
