import Touchpoints

/// What the kept orders of a customer come to: by currency, by day, and in all.
struct OrderCounts: Sendable {
    /// Ascending by currency.
    private(set) var tallies: [OrderTally] = []
    /// All currencies, without their money. An order counts once, in however many currencies it was paid.
    var overall = OrderTally(currency: .none)
    /// By day and currency, ascending.
    private(set) var spend: [DaySpend] = []

    init() {}

    /// - Parameters:
    ///   - orders: how many there are.
    ///   - entries: what they brought, in any order.
    init(orders: Int64, _ entries: [DaySpend]) {
        overall.orders = orders
        spend = entries
        spend.addUp()
        for entry in spend {
            let tally = place(ofTallyIn: entry.currency)
            tallies[tally].add(entry.amount, orders: entry.orders)
            tallies[tally].add(day: entry.day)
            if overall.lastDay != entry.day { overall.add(day: entry.day) }
        }
    }

    /// Adds to the figures of a day and its currency, or takes back from them what was added. O(log days), and O(days)
    /// where the day is new, or none of its orders is left.
    mutating func add(_ amount: Int128, in currency: Currency, orders: Int64, on day: CivilDay) {
        let tally = place(ofTallyIn: currency)
        tallies[tally].add(amount, orders: orders)
        let new = DaySpend(day: day, currency: currency)
        let index = spend.insertionIndex { $0 < new }
        if index == spend.count || new < spend[index] {
            if !isDay(day, near: index) { overall.add(day: day) }
            spend.place(new, at: index)
            tallies[tally].add(day: day)
        }
        spend[index].amount += amount
        spend[index].orders += orders
        if spend[index].orders == 0 { remove(index, tally) }
    }

    /// Throws where a sum does not fit into 64 bits.
    func checkAmounts() throws(MoneyOverflow) {
        for tally in tallies { try tally.checkAmount() }
    }
}

extension OrderCounts {
    private mutating func place(ofTallyIn currency: Currency) -> Int {
        var index = 0
        while index < tallies.count, tallies[index].currency < currency { index += 1 }
        if index == tallies.count || tallies[index].currency != currency {
            tallies.insert(OrderTally(currency: currency), at: index)
        }
        return index
    }

    /// Whether the entry at an index or the one before it is of that day.
    private func isDay(_ day: CivilDay, near index: Int) -> Bool {
        (index < spend.count && spend[index].day == day) || (index > 0 && spend[index - 1].day == day)
    }

    /// The last order of that day and currency has gone.
    private mutating func remove(_ index: Int, _ tally: Int) {
        let (day, currency) = (spend[index].day, spend[index].currency)
        spend.remove(at: index)
        if !isDay(day, near: index) { overall.purchaseDays -= 1 }
        (overall.firstDay, overall.lastDay) = (spend.first?.day, spend.last?.day)
        tallies[tally].purchaseDays -= 1
        guard tallies[tally].purchaseDays > 0 else {
            tallies.remove(at: tally)
            return
        }
        if tallies[tally].firstDay == day { tallies[tally].firstDay = spend.first { $0.currency == currency }?.day }
        if tallies[tally].lastDay == day { tallies[tally].lastDay = spend.last { $0.currency == currency }?.day }
    }
}

extension [DaySpend] {
    /// Sorts, and makes one of the entries of a day and currency.
    @inline(never)
    fileprivate mutating func addUp() {
        guard count > 1 else { return }
        sort { $0 < $1 }
        var last = 0
        for index in 1..<count {
            if self[last] < self[index] {
                last += 1
                self[last] = self[index]
            } else {
                self[last].orders += self[index].orders
                self[last].amount += self[index].amount
            }
        }
        removeSubrange((last + 1)...)
    }
}
