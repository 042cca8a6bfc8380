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
    /// The kept orders of each currency, ascending by currency; derived from the above.
    private(set) var tallies: [OrderTally] = []
    /// The kept orders of all currencies, without their money; derived from the above.
    private(set) var overall = OrderTally(currency: .none)
    /// What the kept orders of each day brought, by day and currency, ascending; derived from the above.
    private(set) var spend: [DaySpend] = []

    /// Takes what the event says of an order; true if it says anything. O(log orders), where an order is paid for the
    /// first time, else O(orders log orders). Throws ``MoneyOverflow``, and is then to be thrown away.
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
        return true
    }

    /// Calls `body` for each kept order, or for several of a day and currency at once. O(orders).
    private func forEachKept(_ body: (CivilDay, Money, _ orders: Int64) -> Void) {
        for entry in unnamed {
            body(entry.day, Money(minorUnits: entry.amount, currency: entry.currency), entry.orders)
        }
        forEachKeptNamed { day, legs in
            for leg in legs where leg.isKept {
                body(day, Money(minorUnits: leg.amount, currency: leg.currency), 1)
            }
        }
    }
}

/// Steps.
extension Orders {
    private mutating func pay(_ id: UInt64, _ money: Money, on day: CivilDay) throws(MoneyOverflow) {
        if id == 0 {
            try payUnnamed(money, on: day)
        } else if !has(id) {
            let order = NamedOrder(id: id, currency: money.currency, day: day, paid: money.minorUnits)
            named.insert(order, at: index(of: id, money.currency))
        } else {
            return try change(id, money.currency) { order throws(MoneyOverflow) in
                order.paid = try order.paid.adding(money.minorUnits)
                if order.day == nil { order.day = day }
            }
        }
        try tally(money, orders: 1, on: day)
        overall.add(orders: 1, on: day)
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

    /// Changes what is known of an order that may be counted already, and counts all orders again.
    private mutating func change(
        _ id: UInt64, _ currency: Currency, _ body: (inout NamedOrder) throws(MoneyOverflow) -> Void
    ) throws(MoneyOverflow) {
        let index = index(of: id, currency)
        if index == named.count || named[index].id != id || named[index].currency != currency {
            named.insert(NamedOrder(id: id, currency: currency), at: index)
        }
        try body(&named[index])
        try named[index].checkAmount()
        try countAgain()
    }

    /// Where the order stands, or would stand.
    private func index(of id: UInt64, _ currency: Currency) -> Int {
        var low = 0
        var high = named.count
        while low < high {
            let middle = (low + high) / 2
            if (named[middle].id, named[middle].currency) < (id, currency) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func has(_ id: UInt64) -> Bool {
        let first = index(of: id, .none)
        return first < named.count && named[first].id == id
    }
}

/// Counts.
extension Orders {
    /// Works the tallies out from the orders.
    private mutating func countAgain() throws(MoneyOverflow) {
        var kept: [(day: CivilDay, money: Money, orders: Int64)] = []
        forEachKept { kept.append(($0, $1, $2)) }
        kept.sort { $0.day < $1.day }
        tallies = []
        spend = []
        for entry in kept { try tally(entry.money, orders: entry.orders, on: entry.day) }

        var days = unnamed.map { (day: $0.day, orders: $0.orders) }
        forEachKeptNamed { day, _ in days.append((day, 1)) }
        days.sort { $0.day < $1.day }
        overall = OrderTally(currency: .none)
        for entry in days { overall.add(orders: entry.orders, on: entry.day) }
    }

    private mutating func tally(_ money: Money, orders: Int64, on day: CivilDay) throws(MoneyOverflow) {
        let index = tallies.firstIndex { $0.currency >= money.currency } ?? tallies.count
        if index == tallies.count || tallies[index].currency != money.currency {
            tallies.insert(OrderTally(currency: money.currency), at: index)
        }
        tallies[index].add(orders: orders, on: day)
        tallies[index].amount = try tallies[index].amount.adding(money.minorUnits)
        note(money, on: day)
    }

    /// O(currencies): days do not go back.
    private mutating func note(_ money: Money, on day: CivilDay) {
        var index = spend.count
        while index > 0, (spend[index - 1].day, spend[index - 1].currency) >= (day, money.currency) { index -= 1 }
        if index == spend.count || (spend[index].day, spend[index].currency) != (day, money.currency) {
            spend.insert(DaySpend(day: day, currency: money.currency), at: index)
        }
        spend[index].amount += Int128(money.minorUnits)
    }

    /// Calls `body` for each order with an id that is kept in any currency, with all its entries.
    private func forEachKeptNamed(_ body: (CivilDay, ArraySlice<NamedOrder>) -> Void) {
        var start = 0
        while start < named.count {
            let end = named[start...].firstIndex { $0.id != named[start].id } ?? named.count
            let legs = named[start..<end]
            if let day = legs.compactMap(\.day).min(), !legs.contains(where: \.isCancelled),
                legs.contains(where: \.isKept)
            {
                body(day, legs)
            }
            start = end
        }
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
        try countAgain()
    }
}
