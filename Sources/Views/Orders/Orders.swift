import Projections
import Touchpoints

/// The orders of one customer: which are kept, from when they are, and what they brought.
///
/// An order is what shares an `orderid`; an `order.paid` without one is an order of its own, which nothing can refund
/// or cancel. It is dated by its first `order.paid`, and what was paid for it in several payments adds up. It is
/// *kept* unless it was cancelled or refunded in full; refunds add up, a part refunded lessens its amount, and an order
/// of 0.00 is kept until a refund names it. Refunds and cancellations may come before the payment. An order that was
/// paid in two currencies is an order in each of them.
///
/// Feed it in fold order: days must not go back.
struct Orders: Equatable, Sendable {
    /// Orders without an id, added up by day and currency; days ascend.
    private(set) var unnamed: [UnnamedOrders] = []
    /// What is known of each order with an id, by id and currency, ascending.
    private(set) var named: [NamedOrder] = []
    /// What the kept ones come to; derived from the above.
    private var counts = OrderCounts()

    /// The kept orders of each currency, ascending by currency.
    var tallies: [OrderTally] { counts.tallies }
    /// The kept orders of all currencies, without their money.
    var overall: OrderTally { counts.overall }
    /// What the kept orders of each day brought, by day and currency, ascending.
    var spend: [DaySpend] { counts.spend }

    /// Whether an event of this type may say something of an order.
    static func concerns(_ type: EventType) -> Bool {
        type == .orderPaid || type == .orderRefunded || type == .orderCancelled
    }

    /// The rule by which an event of such a type says something of an order.
    static func rule(for type: EventType) -> Rule {
        switch type {
        case .orderCancelled: Rule("order-cancelled")
        case .orderRefunded: Rule("order-refunded")
        default: Rule("order-paid", by: ["timeZone"])
        }
    }

    /// Takes what the event says of an order; true if it says anything. O(log orders), and room is made in lists of
    /// orders and days. Throws ``MoneyOverflow``, and is then to be thrown away.
    @discardableResult
    mutating func take(_ event: borrowing EventView, on day: CivilDay) throws(MoneyOverflow) -> Bool {
        switch event.type {
        case .orderPaid:
            guard let money = event.money else { return false }
            try pay(event.order, money, on: day)
        case .orderRefunded:
            guard event.order != 0, let money = event.money else { return false }
            try change(event.order, money.currency) { order throws(MoneyOverflow) in
                order.refunded = try order.refunded.adding(money.minorUnits)
                order.isRefunded = true
            }
        case .orderCancelled:
            guard event.order != 0 else { return false }
            try change(event.order, .none) { order in order.isCancelled = true }
        default: return false
        }
        try counts.checkAmounts()
        return true
    }

    /// The rest is derived.
    static func == (a: Orders, b: Orders) -> Bool {
        a.overall == b.overall && a.unnamed == b.unnamed && a.named == b.named
    }
}

/// Steps.
extension Orders {
    private mutating func pay(_ id: UInt64, _ money: Money, on day: CivilDay) throws(MoneyOverflow) {
        guard id != 0 else {
            try payUnnamed(money, on: day)
            counts.overall.orders += 1
            return counts.add(Int128(money.minorUnits), in: money.currency, orders: 1, on: day)
        }
        try change(id, money.currency) { order throws(MoneyOverflow) in
            order.paid = try order.paid.adding(money.minorUnits)
            if order.day == nil { order.day = day }
        }
    }

    private mutating func payUnnamed(_ money: Money, on day: CivilDay) throws(MoneyOverflow) {
        var index = unnamed.count - 1
        while index >= 0, unnamed[index].day == day {
            if unnamed[index].currency == money.currency {
                unnamed[index].orders += 1
                unnamed[index].amount = try unnamed[index].amount.adding(money.minorUnits)
                return
            }
            index -= 1
        }
        unnamed.append(UnnamedOrders(day: day, currency: money.currency, orders: 1, amount: money.minorUnits))
    }

    /// Changes what is known of an order: what it counted is taken back, and what it counts now is added.
    @inline(__always)
    private mutating func change(
        _ id: UInt64, _ currency: Currency, _ body: (inout NamedOrder) throws(MoneyOverflow) -> Void
    ) throws(MoneyOverflow) {
        let first = index(of: id, .none)
        count(legsAt: first, of: id, -1)
        let index = currency == .none ? first : index(of: id, currency)
        if index == named.count || named[index].id != id || named[index].currency != currency {
            named.place(NamedOrder(id: id, currency: currency), at: index)
        }
        try body(&named[index])
        try named[index].checkAmount()
        count(legsAt: first, of: id, 1)
    }

    /// Where the order stands, or would stand.
    private func index(of id: UInt64, _ currency: Currency) -> Int {
        var low = 0
        var high = named.count
        while low < high {
            let middle = (low + high) / 2
            let order = named[middle]
            let isBefore = order.id < id || (order.id == id && order.currency < currency)
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Counts.
extension Orders {
    /// Adds what an order counts, if it is kept, or takes it back; its entries stand from `start` on.
    private mutating func count(legsAt start: Int, of id: UInt64, _ sign: Int64) {
        guard let (day, end) = kept(legsAt: start, of: id) else { return }
        counts.overall.orders += sign
        for index in start..<end where named[index].isKept {
            let leg = named[index]
            counts.add(Int128(sign) * Int128(leg.amount), in: leg.currency, orders: sign, on: day)
        }
    }

    /// The day of an order that is kept in any currency, and the end of its entries.
    private func kept(legsAt start: Int, of id: UInt64) -> (day: CivilDay, end: Int)? {
        var day: CivilDay?
        var isKept = false
        var end = start
        while end < named.count, named[end].id == id {
            let leg = named[end]
            if leg.isCancelled { return nil }
            if leg.isKept { isKept = true }
            if let paid = leg.day { day = day.map { min($0, paid) } ?? paid }
            end += 1
        }
        return isKept ? day.map { ($0, end) } : nil
    }

    /// Works all counts out from the orders. O(orders log orders).
    private mutating func countAll() throws(MoneyOverflow) {
        var entries = unnamed.map {
            DaySpend(day: $0.day, currency: $0.currency, orders: $0.orders, amount: Int128($0.amount))
        }
        var count = unnamed.reduce(0) { $0 + $1.orders }
        var start = 0
        while start < named.count {
            var end = start
            if let kept = kept(legsAt: start, of: named[start].id) {
                count += 1
                for leg in named[start..<kept.end] where leg.isKept {
                    entries.append(
                        DaySpend(day: kept.day, currency: leg.currency, orders: 1, amount: Int128(leg.amount)))
                }
            }
            while end < named.count, named[end].id == named[start].id { end += 1 }
            start = end
        }
        counts = OrderCounts(orders: count, entries)
        try counts.checkAmounts()
    }
}

/// Bytes.
extension Orders {
    func encode(into writer: inout ByteWriter) {
        writer.write(unnamed) { $1.encode(into: &$0) }
        writer.write(named) { $1.encode(into: &$0) }
    }

    init(from reader: inout ByteReader) throws {
        for _ in 0..<(try reader.readCount()) { unnamed.append(try UnnamedOrders(from: &reader)) }
        for _ in 0..<(try reader.readCount()) { named.append(try NamedOrder(from: &reader)) }
        try countAll()
    }
}
