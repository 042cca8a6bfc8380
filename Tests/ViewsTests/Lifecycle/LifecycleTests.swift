import Policies
import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

@Suite struct LifecycleTests {
    static func active(_ yaml: String = "{}", zone: String = "UTC 0") throws -> ActivePolicy {
        ActivePolicy(policy: try Policy(yaml: yaml), zone: try ZoneTable(encoded: zone), position: Position(1))
    }

    /// Events as `TYPE TIME [ORDER AMOUNT]`, of orders in euros.
    static func events(_ lines: [String]) throws -> [SketchedEvent] {
        try lines.map { line in
            let words = line.split(separator: " ").map(String.init)
            return try SketchedEvent(
                try #require(EventType(builtIn: words[0])),
                at: words[1].count == 10 ? words[1] + "T12:00:00Z" : words[1],
                order: words.count > 2 ? UInt64(words[2])! : 0, total: words.count > 3 ? words[3] + " EUR" : nil,
                clear: [0])
        }
    }

    static func history(
        _ lines: [String], under active: ActivePolicy = .default, clock: String = "2026-01-01T00:00:00Z"
    ) throws -> [String] {
        let history = try LifecycleHistory(events(lines), under: active, clock: clock)
        return history.description.split(separator: "\n").map(String.init)
    }

    @Test func `a customer who buys once is new, developing, dormant and churned on the right days`() throws {
        #expect(
            try Self.history(["page.viewed 2024-01-01", "order.paid 2024-01-10 1 9.00"]) == [
                "2024-01-01T12:00:00Z prospect", "2024-01-10T12:00:00Z new", "2024-03-10T00:00:00Z developing",
                "2024-07-08T00:00:00Z dormant", "2025-01-09T00:00:00Z churned",
            ])
    }

    @Test func `a customer who comes back is won back for 90 days`() throws {
        #expect(
            try Self.history(
                ["order.paid 2024-01-01 1 9.00", "order.paid 2024-08-01 2 9.00", "order.paid 2024-10-15 3 9.00"],
                clock: "2024-11-10T00:00:00Z") == [
                    "2024-01-01T12:00:00Z new", "2024-03-01T00:00:00Z developing", "2024-06-29T00:00:00Z dormant",
                    "2024-08-01T12:00:00Z won-back", "2024-10-30T00:00:00Z active",
                ])
    }

    @Test func `an open complaint puts at risk until it is resolved`() throws {
        #expect(
            try Self.history(
                [
                    "order.paid 2024-01-01 1 9.00", "complaint.raised 2024-01-02", "complaint.raised 2024-01-03",
                    "complaint.resolved 2024-01-04", "complaint.resolved 2024-01-05",
                ], clock: "2024-01-10T00:00:00Z") == [
                    "2024-01-01T12:00:00Z new", "2024-01-02T12:00:00Z at-risk", "2024-01-05T12:00:00Z new",
                ])
    }

    @Test func `a bad answer counts once the last order is a month ago, and a better one ends it`() throws {
        var events = try Self.events(["order.paid 2024-01-01 1 9.00"])
        events.append(
            try SatisfactionTests.answer(#"{"max":5,"scale":"csat","score":2}"#, at: "2024-01-02T00:00:00Z"))
        events.append(
            try SatisfactionTests.answer(#"{"max":5,"scale":"csat","score":4}"#, at: "2024-02-10T00:00:00Z"))
        let history = try LifecycleHistory(events, under: .default, clock: "2024-02-20T00:00:00Z")
        #expect(
            history.description.split(separator: "\n") == [
                "2024-01-01T12:00:00Z new", "2024-01-31T00:00:00Z at-risk", "2024-02-10T00:00:00Z new",
            ])
        #expect(history.reasons[1] == "daysSinceLastOrder >= 30 and satisfaction < 40")
    }

    @Test func `a refund that undoes the only order makes a prospect again`() throws {
        #expect(
            try Self.history(
                [
                    "order.paid 2024-01-01 1 9.00", "order.refunded 2024-01-02 1 4.00",
                    "order.refunded 2024-01-03 1 5.00",
                ]
            ) == ["2024-01-01T12:00:00Z new", "2024-01-03T12:00:00Z prospect"])
    }

    @Test func `three of the own mean intervals without an order put at risk`() throws {
        #expect(
            try Self.history(
                (1...5).map { "order.paid 2024-01-0\($0) \($0) 9.00" }, clock: "2024-03-01T00:00:00Z") == [
                    "2024-01-01T12:00:00Z new", "2024-01-02T12:00:00Z developing", "2024-01-03T12:00:00Z active",
                    "2024-01-05T12:00:00Z loyal", "2024-02-04T00:00:00Z at-risk",
                ])
    }

    /// Zones: a clock put forward and back, a midnight left out, a day left out.
    @Test(arguments: [
        ("Test/Berlin 3600 1711846800:7200 18144000:3600", "2024-03-01", "2024-04-29T22:00:00Z"),
        ("Test/New_York -18000 1710054000:-14400", "2024-02-20", "2024-04-20T04:00:00Z"),
        ("Test/Sao_Paulo -10800 1541300400:-7200", "2018-09-05", "2018-11-04T03:00:00Z"),
        ("Test/Apia -36000 1325239200:50400", "2011-10-31", "2011-12-30T10:00:00Z"),
        ("Test/East 43200", "2024-01-01", "2024-03-01T12:00:00Z"),
    ])
    func `a stage begins with the civil day of the zone`(zone: String, day: String, developing: String) throws {
        let history = try Self.history(
            ["order.paid \(day)T15:00:00Z 1 9.00"], under: Self.active(zone: zone), clock: developing)
        #expect(history == ["\(day)T15:00:00Z new", "\(developing) developing"])
    }

    @Test func `what decided is named`() throws {
        var rules: [[String]] = []
        let history = try LifecycleHistory(
            Self.events(["page.viewed 2023-12-31", "order.paid 2024-01-01 1 9.00"]), under: .default,
            clock: "2025-01-10T00:00:00Z", afterStep: { _, sink in rules.append(sink.ruleNames) })
        #expect(
            history.reasons == [
                "orders <= 0", "orders <= 1 and daysSinceFirstOrder <= 59", "no stage before it fits",
                "daysSinceLastOrder >= 180", "daysSinceLastOrder >= 365",
            ])
        #expect(
            rules == [
                ["orders"], ["order-paid", "orders", "daysSinceFirstOrder"], ["no-stage-before-fits"],
                ["daysSinceLastOrder"], ["daysSinceLastOrder"],
            ])
    }

    @Test func `whoever has churned is not woken any more`() throws {
        let outcome = try sketch(
            Self.events(["order.paid 2020-01-01 1 9.00"]), of: Lifecycle.self, clock: "2024-01-01T00:00:00Z")
        let state = try #require(outcome.state)
        #expect(Policy.default.lifecycle.stages[Int(state.stage) - 1].name == "churned")
        #expect(state.due == nil)
    }

    @Test func `totals count customers, changes and the length of stays`() throws {
        let totals = try sketch(
            Self.events(["page.viewed 2024-01-01", "order.paid 2024-01-10 1 9.00"]), of: Lifecycle.self,
            clock: "2024-02-01T00:00:00Z"
        ).totals
        let new = Policy.default.lifecycle.index(ofStage: "new")! + 1
        let stay = LogBins.bin(of: .hours(9 * 24))
        #expect(
            totals == [
                Cell(1, UInt64(new)): 1, Cell(2, 1): 1, Cell(2, UInt64(1 << 8 | new)): 1,
                Cell(3, UInt64(1 << 8 | new), stay): 1,
            ])
    }

    @Test func `events folded in their place give the same end, whenever they came`() throws {
        let lines = [
            "order.paid 2024-01-01 1 9.00", "order.paid 2024-02-01 2 9.00", "order.cancelled 2024-02-03 2",
            "complaint.raised 2024-03-01",
        ]
        let end = try sketch(Self.events(lines), of: Lifecycle.self, clock: "2024-04-01T00:00:00Z")
        let late = try sketch(Self.events(lines.reversed()), of: Lifecycle.self, clock: "2024-04-01T00:00:00Z")
        #expect(end.state == late.state)
        #expect(end.totals == late.totals)
    }

    static let policies = [
        "{}",
        """
        lifecycle:
          spendWindowDays: 7
          stages:
            - {name: cold, when: {daysSinceLastTouchpoint: {min: 20}}}
            - {name: back, when: {previousStage: [cold], daysInStage: {max: 3}}}
            - {name: less, when: {spendChangePercent: {max: -30}}}
            - {name: more, when: {spendChangePercent: {min: 50, max: 400}}}
            - {name: late, when: [{intervalsSinceLastOrder: {min: 1.5, max: 4}}, {daysSinceLastOrder: {min: 9, max: 12}}]}
            - {name: rest}
        """,
        """
        lifecycle:
          spendWindowDays: 3
          stages:
            - {name: a, when: {previousStage: [b], daysSinceFirstOrder: {min: 2}}}
            - {name: b, when: {previousStage: [a, c], daysInStage: {max: 2}}}
            - {name: c, when: {orders: {min: 2}, daysSinceFirstOrder: {min: 4, max: 30}}}
            - {name: d}
        """,
    ]

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `looking only at events and wake-ups sees what looking every day sees`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let zone = ["UTC 0", "Test/Apia -36000 1325239200:50400", "Test/Sao_Paulo -10800 1325300400:-7200"]
            .randomElement(using: &random)!
        let active = try Self.active(Self.policies.randomElement(using: &random)!, zone: zone)
        let start = try Timestamp(rfc3339: "2011-12-01T00:00:00Z")
        var at = start
        let events = try (0..<Int.random(in: 1...12, using: &random)).map { _ in
            at =
                at + .minutes(Int64.random(in: 0...[60, 5_000, 30_000].randomElement(using: &random)!, using: &random))
            let type = [
                "order.paid", "order.paid", "order.refunded", "order.cancelled", "complaint.raised",
                "complaint.resolved",
                "page.viewed", "profile.updated",
            ].randomElement(using: &random)!
            let order = Int.random(in: 1...5, using: &random)
            return try Self.events([
                "\(type) \(at) \(order)"
                    + (type == "order.cancelled" ? "" : " \(Int.random(in: 0...9, using: &random)).00")
            ])[0]
        }
        let clock = "2013-02-01T00:00:00Z"
        let fast = try LifecycleHistory(events, under: active, clock: clock) { state, _ in
            var writer = ByteWriter()
            state.encode(into: &writer)
            var reader = ByteReader(writer.bytes.span.bytes)
            let read = try Lifecycle.State(from: &reader)
            #expect(read == state)
        }
        let slow = try NaiveLifecycle(events, under: active, clock: clock).history
        #expect(fast == slow)
    }
}
