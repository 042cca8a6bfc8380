import Policies
import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

/// Rule 35 in the ledger, with the numbers worked by hand.
@Suite struct VoidTests {
    private func paid(_ total: String, order: UInt64 = 7, at time: String = "2024-03-01T10:00:00Z") throws
        -> SketchedEvent
    { try SketchedEvent(.orderPaid, at: time, order: order, total: total) }

    private func refunded(_ total: String, at time: String = "2024-03-05T10:00:00Z") throws -> SketchedEvent {
        try SketchedEvent(.orderRefunded, at: time, order: 7, total: total)
    }

    @Test func `a voided order is taken back, and its id is free again`() throws {
        var run = LedgerRun()
        try run.take([paid("100.00 EUR"), .init(.pointsRedeemed, at: "2024-03-02T10:00:00Z", points: 30)])
        try run.void(1, at: "2024-03-03T10:00:00Z")
        let figures = try run.figures
        #expect(figures.earned == 100 && figures.reversed == 100 && figures.balance == 0 && figures.owed == 30)
        #expect(run.pool.orders.isEmpty && run.rules == ["event-voided"])
        try run.take(paid("10.00 EUR", at: "2024-03-04T10:00:00Z"))
        #expect(try run.figures.earned == 110 && run.figures.owed == 20)
    }

    @Test func `refunds of a voided order wait for the next one with its id`() throws {
        var run = LedgerRun()
        try run.take([paid("100.00 EUR"), refunded("5.00 EUR")])
        try run.void(1, at: "2024-03-06T10:00:00Z")
        #expect(try run.figures.reversed == 100 && run.pool.refunds.count == 1)
        try run.take(paid("10.00 EUR", at: "2024-03-07T10:00:00Z"))
        #expect(try run.figures.balance == 5 && run.pool.refunds.isEmpty)
    }

    @Test func `of a voided refund comes back what the others would not have taken`() throws {
        var run = LedgerRun()
        try run.take([paid("100.00 EUR"), refunded("60.00 EUR"), refunded("60.00 EUR")])
        #expect(try run.figures.reversed == 100 && run.pool.orders[0].isVoid)
        try run.void(2, at: "2024-03-06T10:00:00Z")
        #expect(try run.figures.reversed == 60 && run.figures.balance == 40 && !run.pool.orders[0].isVoid)
        try run.void(3, at: "2024-03-06T10:00:00Z")
        #expect(try run.figures.reversed == 0 && run.figures.balance == 100)
        #expect(run.pool.lots.map(\.position.rawValue) == [1])
    }

    @Test func `a voided refund gives back in the reverse order, owed points first, expired ones as expired`() throws {
        var run = LedgerRun(.loyalty { $0.expiresAfterDays = 10 })
        try run.take([
            paid("100.00 EUR"), .init(.pointsRedeemed, at: "2024-03-02T10:00:00Z", points: 70),
            paid("25.00 EUR", order: 8, at: "2024-03-12T10:00:00Z"),
            refunded("100.00 EUR", at: "2024-03-13T10:00:00Z"),
        ])
        // 30 expired, 25 of the other order, 45 owed.
        #expect(try run.figures.expired == 0 && run.figures.balance == 0 && run.figures.owed == 45)
        try run.void(4, at: "2024-03-14T10:00:00Z")
        let figures = try run.figures
        #expect(figures.expired == 30 && figures.balance == 25 && figures.owed == 0 && figures.reversed == 0)
    }

    @Test func `a refund that waits is dropped`() throws {
        var run = LedgerRun()
        try run.take(refunded("4.00 EUR", at: "2024-03-01T09:00:00Z"))
        try run.void(1, at: "2024-03-01T09:30:00Z")
        try run.take(paid("10.00 EUR"))
        #expect(try run.figures.balance == 10)
    }

    @Test func `points of a voided redemption go back to their lots, and expire with them`() throws {
        var run = LedgerRun(.loyalty { $0.expiresAfterDays = 10 })
        try run.take([
            paid("10.00 EUR"), paid("20.00 EUR", order: 8, at: "2024-03-05T10:00:00Z"),
            .init(.pointsRedeemed, at: "2024-03-06T10:00:00Z", points: 35),
        ])
        #expect(try run.figures.owed == 5)
        try run.void(3, at: "2024-03-12T10:00:00Z")
        let figures = try run.figures
        #expect(figures.redeemed == 0 && figures.owed == 0 && figures.balance == 20 && figures.expired == 10)
        #expect(run.pool.takings.isEmpty && run.pool.debts.isEmpty)
    }

    @Test func `what paid the debt of a voided redemption comes back`() throws {
        var run = LedgerRun()
        try run.take([
            .init(.pointsRedeemed, at: "2024-02-01T10:00:00Z", points: 8), paid("10.00 EUR").on(2),
        ])
        #expect(run.pool.accounts.map(\.moved) == [8, -8])
        try run.void(1, at: "2024-03-02T10:00:00Z")
        #expect(run.pool.accounts.map(\.moved) == [0, 0])
        #expect(try Figures(of: run.pool.part(of: StrandNumber(rawValue: 2))).balance == 10)
    }

    @Test func `a voided adjustment takes its lot, what of it expired, others, and is owed`() throws {
        var run = LedgerRun(.loyalty { $0.expiresAfterDays = 10 })
        try run.take([
            .init(.pointsAdjusted, at: "2024-03-01T10:00:00Z", points: 100),
            .init(.pointsRedeemed, at: "2024-03-02T10:00:00Z", points: 70),
            paid("25.00 EUR", at: "2024-03-12T10:00:00Z"),
        ])
        try run.void(1, at: "2024-03-13T10:00:00Z")
        let figures = try run.figures
        #expect(figures.adjusted == 0 && figures.expired == 0 && figures.balance == 0 && figures.owed == 45)
        try run.void(2, at: "2024-03-13T10:00:00Z")
        // What the redemption had taken is of a lot that has expired.
        #expect(try run.figures.redeemed == 0 && run.figures.expired == 70 && run.figures.owed == 45)
    }

    @Test func `a negative adjustment and a reversal give back what they took`() throws {
        var run = LedgerRun()
        try run.take([
            paid("10.00 EUR"), .init(.pointsAdjusted, at: "2024-03-02T10:00:00Z", points: -4),
            .init(.pointsReversed, at: "2024-03-03T10:00:00Z", points: 8),
        ])
        try run.void(2, at: "2024-03-04T10:00:00Z")
        #expect(try run.figures.adjusted == 0 && run.figures.balance == 2 && run.figures.owed == 0)
        try run.void(3, at: "2024-03-04T10:00:00Z")
        #expect(try run.figures.reversed == 0 && run.figures.balance == 10)
    }

    @Test func `a voided word on membership was never said`() throws {
        var run = LedgerRun(.loyalty { $0.isMemberOnly = true })
        try run.take([
            .init(.memberEnrolled, at: "2024-03-01T10:00:00Z"), .init(.memberLeft, at: "2024-03-02T10:00:00Z"),
        ])
        try run.void(2, at: "2024-03-03T10:00:00Z")
        #expect(run.pool.isEnrolled)
        try run.void(1, at: "2024-03-03T10:00:00Z")
        #expect(!run.pool.isEnrolled)
    }
}
