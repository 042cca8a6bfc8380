import Policies
import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

/// rule 27, with the numbers worked by hand.
@Suite struct RefundTests {
    private func paid(_ total: String, order: UInt64 = 7, at time: String = "2024-03-01T10:00:00Z") throws
        -> SketchedEvent
    { try SketchedEvent(.orderPaid, at: time, order: order, total: total) }

    private func refunded(_ total: String, order: UInt64 = 7, at time: String = "2024-03-05T10:00:00Z") throws
        -> SketchedEvent
    { try SketchedEvent(.orderRefunded, at: time, order: order, total: total) }

    @Test func `reversals are floors of the sum, not sums of floors`() throws {
        var run = LedgerRun()
        try run.take(paid("10.00 EUR"))
        // 10 points: a third of them is 3.33, two thirds 6.66, all 10.
        for (refund, reversed) in [("3.33 EUR", 3), ("3.33 EUR", 6), ("3.34 EUR", 10)] as [(String, Int64)] {
            try run.take(refunded(refund))
            #expect(try run.figures.reversed == reversed)
        }
        try run.take(refunded("3.34 EUR"))
        #expect(try run.figures.reversed == 10, "no more than the order earned")
        #expect(try run.figures.owed == 0)
        #expect(run.pool.orders[0].isVoid)
    }

    @Test func `a refund takes from its own lot first, though another expires sooner`() throws {
        var run = LedgerRun()
        try run.take([paid("10.00 EUR", order: 1), paid("20.00 EUR", order: 2, at: "2024-03-02T10:00:00Z")])
        try run.take(refunded("20.00 EUR", order: 2))
        #expect(run.pool.lots.map(\.points) == [10])
        #expect(run.pool.lots.map(\.position.rawValue) == [1])
    }

    @Test func `a refund takes from its own pending lot`() throws {
        var run = LedgerRun(.loyalty { $0.pendingDays = 14 })
        try run.take([paid("10.00 EUR"), refunded("4.00 EUR")])
        #expect(try run.figures.pending == 6)
        #expect(try run.figures.reversed == 4)
        try run.take(refunded("6.00 EUR"))
        #expect(run.pool.pending.isEmpty && run.pool.nextDue == nil)
    }

    @Test func `own lot, then what of it expired, then other lots, then owed`() throws {
        var run = LedgerRun(.loyalty { $0.expiresAfterDays = 10 })
        try run.take([
            paid("100.00 EUR"), .init(.pointsRedeemed, at: "2024-03-02T10:00:00Z", points: 70),
            paid("25.00 EUR", order: 8, at: "2024-03-12T10:00:00Z"),
        ])
        // Of the 100 points 70 are spent and 30 expired on 11 March; 25 others are there.
        #expect(try run.figures.expired == 30 && run.figures.balance == 25)
        try run.take(refunded("20.00 EUR", at: "2024-03-13T10:00:00Z"))
        #expect(try run.figures.expired == 10 && run.figures.reversed == 20 && run.figures.balance == 25)
        try run.take(refunded("30.00 EUR", at: "2024-03-14T10:00:00Z"))
        #expect(try run.figures.expired == 0 && run.figures.reversed == 50 && run.figures.balance == 5)
        try run.take(.init(.orderCancelled, at: "2024-03-15T10:00:00Z", order: 7))
        #expect(try run.figures.reversed == 100 && run.figures.balance == 0 && run.figures.owed == 45)
        #expect(run.rules == ["order-cancelled"])
    }

    @Test func `a refund waits for its order`() throws {
        var run = LedgerRun()
        try run.take(refunded("4.00 EUR", at: "2024-03-01T09:00:00Z"))
        #expect(run.rules == ["refund-waits"] && !run.pool.isMember)
        try run.take(paid("10.00 EUR"))
        #expect(try run.figures.reversed == 4 && run.figures.balance == 6)
        #expect(run.pool.refunds.isEmpty && run.rules == ["order-earned", "order-refunded"])
    }

    @Test func `a waiting refund is taken back before the points pay a debt`() throws {
        var run = LedgerRun()
        try run.take([
            .init(.pointsRedeemed, at: "2024-02-01T10:00:00Z", points: 8),
            refunded("5.00 EUR", at: "2024-02-02T10:00:00Z"),
            paid("10.00 EUR"),
        ])
        // 10 earned, 5 taken back from the lot itself, 5 paid of the 8 owed.
        let figures = try run.figures
        #expect(figures.balance == 0 && figures.owed == 3 && figures.reversed == 5)
    }

    @Test func `a cancellation is a refund of the rest`() throws {
        var run = LedgerRun()
        try run.take([paid("10.00 EUR"), refunded("2.50 EUR")])
        #expect(try run.figures.reversed == 2)
        try run.take(.init(.orderCancelled, at: "2024-03-15T10:00:00Z", order: 7, total: "1.00 EUR"))
        #expect(try run.figures.reversed == 10 && run.figures.balance == 0)
    }

    @Test func `an order of nothing has nothing to take back`() throws {
        var run = LedgerRun()
        try run.take([paid("0.00 EUR"), refunded("0.00 EUR")])
        #expect(try run.figures.reversed == 0)
        #expect(run.pool.orders[0].isVoid)
    }

    @Test func `a refund without order id, or in another currency, takes nothing`() throws {
        var run = LedgerRun()
        try run.take([paid("10.00 EUR"), refunded("10.00 EUR", order: 0)])
        #expect(run.rules == ["refund-without-order"] && run.pool.refunds.isEmpty)
        try run.take(refunded("10.00 USD"))
        #expect(run.rules == ["refund-in-other-currency"])
        #expect(try run.figures.reversed == 0)
    }

    @Test func `the largest order is reversed without overflow`() throws {
        var run = LedgerRun(.loyalty { $0.earning.pointsPerUnit = FixedDecimal(whole: 100) })
        try run.take([paid("92233720368547758.07 EUR"), refunded("92233720368547758.06 EUR")])
        #expect(try run.figures.balance == 1)
    }
}
