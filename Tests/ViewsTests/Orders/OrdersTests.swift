import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

@Suite struct OrdersTests {
    static func orders(_ events: [SketchedEvent]) throws -> Orders {
        try #require(try sketch(events, of: RFM.self, clock: "2030-01-01T00:00:00Z").state).orders
    }

    static let euro = Currency(code: "EUR")!

    /// Events as `paid|refunded|cancelled ORDER DAY AMOUNT`; order 0 is without an id.
    static func events(_ lines: [String]) throws -> [SketchedEvent] {
        try lines.map { line in
            let words = line.split(separator: " ").map(String.init)
            let type: EventType = ["paid": .orderPaid, "refunded": .orderRefunded][words[0]] ?? .orderCancelled
            return try SketchedEvent(
                type, at: "2024-01-\(words[2])T12:00:00Z", order: UInt64(words[1])!,
                total: words.count > 3 ? "\(words[3]) \(words.count > 4 ? words[4] : "EUR")" : nil)
        }
    }

    @Test(arguments: [
        (["paid 0 01 10.00", "paid 0 01 5.00", "paid 0 03 1.00"], 3, 2, 1600, "2024-01-03"),
        (["paid 7 01 10.00", "paid 8 02 5.00"], 2, 2, 1500, "2024-01-02"),
        // Several payments of one order add up, and the first dates it.
        (["paid 7 01 10.00", "paid 7 04 5.00"], 1, 1, 1500, "2024-01-01"),
        (["paid 7 01 10.00", "paid 8 02 5.00", "cancelled 8 03"], 1, 1, 1000, "2024-01-01"),
        (["cancelled 8 01", "paid 8 02 5.00", "paid 7 03 1.00"], 1, 1, 100, "2024-01-03"),
        // Refunds in parts: the last one makes it full.
        (["paid 7 01 10.00", "refunded 7 02 4.00"], 1, 1, 600, "2024-01-01"),
        (["paid 7 01 10.00", "refunded 7 02 4.00", "refunded 7 03 6.00", "paid 0 01 1.00"], 1, 1, 100, "2024-01-01"),
        (["refunded 7 01 4.00", "paid 7 02 10.00"], 1, 1, 600, "2024-01-02"),
        (["refunded 7 01 12.00", "paid 7 02 10.00", "paid 8 02 1.00"], 1, 1, 100, "2024-01-02"),
        // A further payment brings a refunded order back, from its first day on.
        (["paid 7 01 10.00", "refunded 7 02 10.00", "paid 7 05 3.00"], 1, 1, 300, "2024-01-01"),
        (["paid 7 01 0.00"], 1, 1, 0, "2024-01-01"),
        (["paid 7 01 0.00", "refunded 7 02 0.00", "paid 8 01 2.00"], 1, 1, 200, "2024-01-01"),
        // What names no order takes nothing.
        (["paid 0 01 10.00", "refunded 0 02 10.00", "cancelled 0 03"], 1, 1, 1000, "2024-01-01"),
        (["paid 7 01 10.00", "refunded 7 02 10.00 USD"], 1, 1, 1000, "2024-01-01"),
    ])
    func `an order is kept unless it is cancelled or refunded in full`(
        lines: [String], orders: Int64, purchaseDays: Int, amount: Int64, lastDay: String
    ) throws {
        let tallies = try Self.orders(Self.events(lines)).tallies
        #expect(tallies.map(\.currency) == [Self.euro])
        #expect(tallies[0].orders == orders)
        #expect(tallies[0].purchaseDays == purchaseDays)
        #expect(tallies[0].amount == amount)
        #expect(tallies[0].lastDay == CivilDay(lastDay))
    }

    @Test func `nothing is kept of an order that is gone`() throws {
        for undone in ["cancelled 7 02", "refunded 7 02 10.00", "refunded 7 02 10.01"] {
            let orders = try Self.orders(Self.events(["paid 7 01 10.00", undone]))
            #expect(orders.tallies.isEmpty)
            #expect(orders.overall == OrderTally(currency: .none))
        }
    }

    @Test func `each currency has its own figures, and an order in two of them counts once in all`() throws {
        let orders = try Self.orders(
            Self.events(["paid 7 01 10.00", "paid 7 02 5.00 USD", "paid 0 03 2.00 USD", "refunded 7 04 10.00"]))
        #expect(orders.tallies.map(\.currency.code) == ["USD"])
        #expect(orders.tallies[0].orders == 2)
        #expect(orders.tallies[0].firstDay == CivilDay("2024-01-01"))
        #expect(orders.overall.orders == 2)
    }

    @Test func `a sum beyond 64 bits sets the customer aside`() throws {
        let most = "92233720368547758.07"
        for lines in [
            ["paid 0 01 \(most)", "paid 0 02 0.01"], ["paid 0 01 \(most)", "paid 0 01 0.01"],
            ["paid 7 01 \(most)", "paid 8 01 0.01"], ["paid 7 01 \(most)", "paid 7 01 0.01"],
            ["refunded 7 01 \(most)", "refunded 7 01 0.01"], ["refunded 7 01 -\(most)", "paid 7 01 \(most)"],
        ] {
            let outcome = try sketch(Self.events(lines), of: RFM.self, clock: "2024-02-01T00:00:00Z")
            #expect(outcome.failure == "a sum of money exceeds 64 bits", "\(lines)")
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `any events leave what a count of them all says, and survive their encoding`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var lines: [String] = []
        for _ in 0..<Int.random(in: 1...14, using: &random) {
            let kind = ["paid", "paid", "paid", "refunded", "cancelled"].randomElement(using: &random)!
            let order = Int.random(in: 0...4, using: &random)
            let day = Int.random(in: 11...16, using: &random)
            let currency = ["EUR", "EUR", "JPY"].randomElement(using: &random)!
            let amount = kind == "cancelled" ? "" : "\(Int.random(in: 0...3, using: &random)) \(currency)"
            lines.append("\(kind) \(order) \(day) \(amount)")
        }
        let orders = try Self.orders(Self.events(lines))
        #expect(orders.tallies.map(NaiveOrders.Figures.init) == NaiveOrders(lines).figures, "\(lines)")

        var writer = ByteWriter()
        orders.encode(into: &writer)
        var reader = ByteReader(writer.bytes.span.bytes)
        #expect(try Orders(from: &reader) == orders)
        #expect(reader.remaining == 0)
    }
}

/// The kept orders of a list of lines, counted from the definition.
private struct NaiveOrders {
    struct Figures: Equatable {
        var currency: String
        var orders, purchaseDays, amount, lastDay: Int
    }
    var figures: [Figures] = []

    init(_ lines: [String]) {
        let events = lines.map { $0.split(separator: " ").map(String.init) }.enumerated()
            .sorted { ($0.element[2], $0.offset) < ($1.element[2], $1.offset) }
            .map { (kind: $1[0], order: $1[1] == "0" ? "line\($0)" : $1[1], words: $1) }
        for (currency, scale) in [("EUR", 100), ("JPY", 1)] {
            var days: [Int] = []
            var sum = 0
            for order in Set(events.map(\.order)) {
                let about = events.filter { $0.order == order }
                let inCurrency = about.filter { $0.words.count > 4 && $0.words[4] == currency }
                let paid = inCurrency.filter { $0.kind == "paid" }.map { Int($0.words[3])! * scale }
                let refunds = inCurrency.filter { $0.kind == "refunded" }.map { Int($0.words[3])! * scale }
                let left = paid.reduce(0, +) - refunds.reduce(0, +)
                guard !paid.isEmpty, refunds.isEmpty || left > 0, !about.contains(where: { $0.kind == "cancelled" })
                else { continue }
                days.append(Int(about.first { $0.kind == "paid" }!.words[2])!)
                sum += left
            }
            if let last = days.max() {
                figures.append(
                    Figures(
                        currency: currency, orders: days.count, purchaseDays: Set(days).count, amount: sum,
                        lastDay: last))
            }
        }
    }
}

extension NaiveOrders.Figures {
    fileprivate init(_ tally: OrderTally) {
        self.init(
            currency: tally.currency.code, orders: Int(tally.orders), purchaseDays: tally.purchaseDays,
            amount: Int(tally.amount), lastDay: tally.lastDay?.day ?? 0)
    }
}
