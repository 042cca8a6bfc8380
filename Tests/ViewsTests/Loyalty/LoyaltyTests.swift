import Policies
import Projections
@testable import Simulation
import Testing
import Touchpoints

@testable import Views

/// Each rule with its numbers worked by hand; 1 point a euro, 365 days, unless a test says otherwise.
@Suite struct LoyaltyTests {
    @Test func `an order earns the whole points of its amount`() throws {
        var run = LedgerRun()
        try run.take(.init(.orderPaid, at: "2024-03-01T10:00:00Z", order: 7, total: "12.99 EUR"))
        #expect(try run.figures.earned == 12)
        #expect(try run.figures.balance == 12)
        #expect(run.pool.lots.map(\.expires.description) == ["2025-03-01T00:00:00Z"])
        #expect(run.rules == ["order-earned"])
    }

    @Test func `an order of nothing makes a member with nothing`() throws {
        var run = LedgerRun()
        try run.take(.init(.pageViewed, at: "2024-03-01T10:00:00Z"))
        #expect(!run.pool.isMember)
        try run.take(.init(.orderPaid, at: "2024-03-01T10:00:00Z", total: "0.00 EUR"))
        #expect(run.pool.isMember && run.pool.lots.isEmpty)
    }

    @Test func `an order earns once, however often it is paid`() throws {
        var run = LedgerRun()
        try run.take(.init(.orderPaid, at: "2024-03-01T10:00:00Z", order: 7, total: "12.00 EUR"))
        try run.take(.init(.orderPaid, at: "2024-03-01T10:05:00Z", order: 7, total: "12.00 EUR"))
        #expect(try run.figures.earned == 12)
        #expect(run.rules == ["order-known"])
        try run.take(.init(.orderPaid, at: "2024-03-01T10:05:00Z", total: "12.00 EUR"))
        try run.take(.init(.orderPaid, at: "2024-03-01T10:05:00Z", total: "12.00 EUR"))
        #expect(try run.figures.earned == 36, "without an order id each payment is an order")
    }

    @Test func `points are pending for whole days of the zone`() throws {
        var run = LedgerRun(.loyalty(in: .berlin) { $0.pendingDays = 2 })
        // 23:30 in Berlin on 30 March; the second day after begins on 1 April, in summer time.
        try run.take(.init(.orderPaid, at: "2024-03-30T22:30:00Z", total: "10.00 EUR"))
        #expect(try run.figures.pending == 10)
        #expect(run.pool.nextDue?.description == "2024-03-31T22:00:00Z")
        try run.wait(until: Timestamp(rfc3339: "2024-03-31T22:00:00Z"))
        #expect(try run.figures.balance == 10)
        #expect(run.rules == ["points-released"])
    }

    @Test func `points expire when the days have ended`() throws {
        var run = LedgerRun(.loyalty { $0.expiresAfterDays = 3 })
        try run.take(.init(.orderPaid, at: "2024-03-01T23:59:59Z", total: "10.00 EUR"))
        try run.wait(until: Timestamp(rfc3339: "2024-03-03T23:59:59Z"))
        #expect(try run.figures.balance == 10)
        try run.wait(until: Timestamp(rfc3339: "2024-03-04T00:00:00Z"))
        #expect(try run.figures.expired == 10)
        #expect(try run.figures.balance == 0)
        #expect(run.rules == ["lot-expired"])
    }

    @Test func `an order that arrives after its points have expired earns and expires them in one step`() throws {
        var run = LedgerRun(.loyalty { $0.expiresAfterDays = 3 })
        try run.take(.init(.pointsRedeemed, at: "2024-02-01T00:00:00Z", points: 4))
        try run.take(
            .init(.orderPaid, at: "2024-03-01T10:00:00Z", recorded: "2024-03-04T00:00:00Z", total: "10.00 EUR"))
        #expect(try run.figures.earned == 10)
        #expect(try run.figures.expired == 10)
        #expect(try run.figures.owed == 4, "points that have expired pay no debt")
        #expect(run.rules == ["lot-expired", "order-earned"])
    }

    @Test func `what is granted is stored, and a new policy grants anew`() throws {
        var run = LedgerRun(.loyalty { $0.expiresAfterDays = 10 })
        try run.take(.init(.orderPaid, at: "2024-03-01T10:00:00Z", total: "10.00 EUR"))
        run.activate(
            .loyalty {
                $0.expiresAfterDays = nil
                $0.earning.pointsPerUnit = FixedDecimal("2.5")!
            })
        try run.take(.init(.orderPaid, at: "2024-03-02T10:00:00Z", total: "10.00 EUR"))
        #expect(run.pool.lots.map(\.points) == [10, 25])
        #expect(run.pool.nextDue?.description == "2024-03-11T00:00:00Z")
        try run.wait(until: Timestamp(rfc3339: "2124-03-11T00:00:00Z"))
        #expect(try run.figures.balance == 25)
        #expect(run.pool.nextDue == nil)
    }

    @Test func `only members earn where the policy says so`() throws {
        var run = LedgerRun(.loyalty { $0.isMemberOnly = true })
        try run.take(.init(.orderPaid, at: "2024-03-01T10:00:00Z", total: "10.00 EUR"))
        #expect(!run.pool.isMember && run.rules == ["not-a-member"])
        try run.take(.init(.memberEnrolled, at: "2024-03-02T10:00:00Z"))
        try run.take(.init(.orderPaid, at: "2024-03-03T10:00:00Z", total: "20.00 EUR"))
        try run.take(.init(.memberLeft, at: "2024-03-04T10:00:00Z"))
        try run.take(.init(.orderPaid, at: "2024-03-05T10:00:00Z", total: "40.00 EUR"))
        #expect(try run.figures.earned == 20)
    }

    @Test func `points that are spent are the first to expire, ties by position`() throws {
        var run = LedgerRun()
        try run.take([
            .init(.orderPaid, at: "2024-03-02T10:00:00Z", total: "10.00 EUR"),
            .init(.orderPaid, at: "2024-03-01T10:00:00Z", recorded: "2024-03-02T11:00:00Z", total: "20.00 EUR"),
            .init(.orderPaid, at: "2024-03-02T09:00:00Z", recorded: "2024-03-02T12:00:00Z", total: "30.00 EUR"),
        ])
        #expect(run.pool.lots.map(\.points) == [20, 10, 30])
        try run.take(.init(.pointsRedeemed, at: "2024-03-03T10:00:00Z", points: 25))
        #expect(run.pool.lots.map(\.points) == [5, 30])
        #expect(run.pool.lots.map(\.position.rawValue) == [1, 3])
        #expect(run.rules == ["points-redeemed"])
    }

    @Test func `what is not covered is owed and paid first`() throws {
        var run = LedgerRun()
        try run.take([
            .init(.orderPaid, at: "2024-03-01T10:00:00Z", total: "10.00 EUR"),
            .init(.pointsRedeemed, at: "2024-03-02T10:00:00Z", points: 25),
        ])
        #expect(try run.figures.owed == 15 && run.figures.balance == 0 && run.figures.redeemed == 25)
        try run.take(.init(.pointsRedeemed, at: "2024-03-03T10:00:00Z", points: 5))
        #expect(run.pool.debts.map(\.points) == [15, 5])
        try run.take(.init(.orderPaid, at: "2024-03-04T10:00:00Z", total: "16.00 EUR"))
        #expect(run.pool.debts.map(\.points) == [4])
        try run.take(.init(.orderPaid, at: "2024-03-05T10:00:00Z", total: "16.00 EUR"))
        #expect(try run.figures.owed == 0 && run.figures.balance == 12)
        #expect(run.rules == ["order-earned", "debt-paid"])
    }

    @Test func `pending points pay a debt when they are released`() throws {
        var run = LedgerRun(.loyalty { $0.pendingDays = 1 })
        try run.take([
            .init(.pointsRedeemed, at: "2024-03-01T10:00:00Z", points: 5),
            .init(.orderPaid, at: "2024-03-01T11:00:00Z", total: "8.00 EUR"),
        ])
        #expect(try run.figures.owed == 5 && run.figures.pending == 8)
        try run.wait(until: Timestamp(rfc3339: "2024-03-02T00:00:00Z"))
        #expect(try run.figures.owed == 0 && run.figures.balance == 3)
    }

    @Test func `adjustments give a lot or take points`() throws {
        var run = LedgerRun()
        try run.take(.init(.pointsAdjusted, at: "2024-03-01T10:00:00Z", points: 100))
        try run.take(.init(.pointsAdjusted, at: "2024-03-02T10:00:00Z", points: -130))
        #expect(try run.figures.adjusted == -30 && run.figures.owed == 30 && run.figures.balance == 0)
        try run.take(
            .init(.pointsAdjusted, at: "2024-03-03T10:00:00Z", points: 50)
                .with(#"{"expiresAt":"2024-03-10T12:00:00+02:00","points":50}"#))
        #expect(try run.figures.balance == 20 && run.figures.owed == 0)
        #expect(run.pool.nextDue?.description == "2024-03-10T10:00:00Z")
    }

    @Test func `points reversed are taken like points spent and booked as reversed`() throws {
        var run = LedgerRun()
        try run.take([
            .init(.orderPaid, at: "2024-03-01T10:00:00Z", total: "10.00 EUR"),
            .init(.pointsReversed, at: "2024-03-02T10:00:00Z", points: 12),
        ])
        let figures = try run.figures
        #expect(figures.reversed == 12 && figures.owed == 2 && figures.balance == 0 && figures.redeemed == 0)
    }

    @Test func `what does not fit sets the customer aside`() throws {
        let events: [SketchedEvent] = [
            try .init(.pointsAdjusted, at: "2024-03-01T10:00:00Z", points: .max),
            try .init(.pointsAdjusted, at: "2024-03-01T10:00:00Z", points: 1),
        ]
        let outcome = try sketch(events, of: Loyalty.self, clock: "2024-04-01T00:00:00Z")
        #expect(outcome.failure == "an account does not fit into 64 bits")
        var run = LedgerRun()
        try run.take(events[0])
        #expect(throws: LedgerError.overflow("a sum of points")) {
            try run.take([events[1].on(2)])
        }
    }

    @Test(
        arguments: [
            (.pointsRedeemed, -1, .negative("data.points")),
            (.pointsReversed, -1, .negative("data.points")),
            (.pointsAdjusted, .min, .overflow("data.points")),
            (.pointsRedeemed, nil, .missing("data.points")),
        ] as [(EventType, Int64?, LedgerError)])
    func `points that make no sense are refused`(_ type: EventType, _ points: Int64?, _ error: LedgerError) throws {
        var run = LedgerRun()
        let event = try SketchedEvent(type, at: "2024-03-01T10:00:00Z", points: points)
        #expect(throws: error) { try run.take(event) }
    }

    @Test func `totals are the sums of the ledgers`() throws {
        let outcome = try sketch(
            [
                .init(.orderPaid, at: "2024-03-01T10:00:00Z", order: 7, total: "10.00 EUR"),
                .init(.pointsRedeemed, at: "2024-03-02T10:00:00Z", points: 4),
            ], of: Loyalty.self, clock: "2024-03-03T00:00:00Z")
        // 2 balance, 5 earned, 6 redeemed.
        #expect(outcome.totals == [Cell(1): 1, Cell(2): 6, Cell(5): 10, Cell(6): 4])
        let later = try sketch(
            [.init(.orderPaid, at: "2024-03-01T10:00:00Z", order: 7, total: "10.00 EUR")], of: Loyalty.self,
            clock: "2025-03-01T00:00:00Z")
        #expect(later.totals == [Cell(1): 1, Cell(5): 10, Cell(7): 10])
    }
}
