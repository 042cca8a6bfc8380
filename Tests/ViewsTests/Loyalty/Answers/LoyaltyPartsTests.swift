import Policies
import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

/// The parts over a log of two members and a visitor; names and columns are contract.
@Suite struct LoyaltyPartsTests {
    private func log(_ more: [(String, SketchedEvent)] = []) async throws -> SketchedLog {
        // Ada earns 100 points, has 30 left of them, and 20 pending; Ben owes 5. The clock ends on 20 March 2024.
        try await SketchedLog(
            [
                ("Ada", .init(.orderPaid, at: "2024-03-01T10:00:00Z", order: 7, total: "100.00 EUR")),
                ("Ben", .init(.pointsRedeemed, at: "2024-03-05T10:00:00Z", points: 5)),
                ("Cleo", .init(.pageViewed, at: "2024-03-06T10:00:00Z")),
                ("Ada", .init(.pointsRedeemed, at: "2024-03-12T10:00:00Z", points: 50)),
                ("Ada", .init(.orderRefunded, at: "2024-03-13T10:00:00Z", order: 7, total: "20.00 EUR")),
                ("Ada", .init(.orderPaid, at: "2024-03-14T10:00:00Z", total: "20.90 EUR")),
            ] + more + [("", .init(.clockTicked, at: "2024-03-20T00:00:00Z"))],
            under: [
                .loyalty {
                    $0.pendingDays = 10
                    $0.expiresAfterDays = 30
                    $0.expiringWithinDays = 11
                }
            ])
    }

    @Test func `columns are contract`() {
        #expect(
            Loyalty.members.columns.map(\.name).joined(separator: ",")
                == "customer,balance,pending,owed,expiring,tier,earned,redeemed,expired,reversed,adjusted,moved")
        #expect(Loyalty.parts.map(\.name) == ["members", "ledger", "totals", "tiers", "lots", "expiring"])
    }

    @Test func `members are those with an entry`() async throws {
        // The lot of 1 March expires when 31 March begins: eleven days after the clock's day.
        #expect(
            try await log().rows(Loyalty.members) == [
                "member:Ada,30,20,0,30,basic,120,50,0,20,0,0", "member:Ben,0,0,5,0,basic,0,5,0,0,0,0",
            ])
        #expect(try await log().rows(Loyalty.members, of: 2) == ["member:Ben,0,0,5,0,basic,0,5,0,0,0,0"])
    }

    @Test func `totals are the sums of the members`() async throws {
        #expect(try await log().rows(Loyalty.totals) == ["2,30,20,5,120,55,0,20,0,0"])
    }

    @Test func `tiers count members and their balance`() async throws {
        let more = try [("Ben", SketchedEvent(.orderPaid, at: "2024-03-15T10:00:00Z", total: "500.00 EUR"))]
        #expect(try await log(more).rows(Loyalty.tiers) == ["basic,1,30", "silver,1,0", "gold,0,0"])
    }

    @Test func `lots are what is there`() async throws {
        #expect(
            try await log().rows(Loyalty.lots, of: 1) == [
                "member:Ada,1,balance,30,,2024-03-31T00:00:00Z",
                "member:Ada,6,pending,20,2024-03-24T00:00:00Z,2024-04-13T00:00:00Z",
            ])
    }

    @Test func `points of the balance are listed by the month in which they expire`() async throws {
        let more = try [("Ben", SketchedEvent(.pointsAdjusted, at: "2024-03-15T10:00:00Z", points: 12))]
        #expect(try await log(more).rows(Loyalty.expiring) == ["2024-03,30", "2024-04,7"])
    }

    @Test func `a ledger shows each booking with what it left`() async throws {
        let more = try [("Ada", SketchedEvent(.pointsRedeemed, at: "2024-03-15T10:00:00Z", points: 33))]
        #expect(
            try await log(more).rows(Loyalty.ledger, of: 1) == [
                "2024-03-01T10:00:00Z,1,earned,100,0,100,0,1,A-7,2024-03-31T00:00:00Z,order-earned",
                "2024-03-11T00:00:00Z,,released,100,100,0,0,1,A-7,2024-03-31T00:00:00Z,points-released",
                "2024-03-12T10:00:00Z,4,redeemed,50,50,0,0,1,A-7,2024-03-31T00:00:00Z,points-redeemed",
                "2024-03-13T10:00:00Z,5,reversed,20,30,0,0,1,A-7,2024-03-31T00:00:00Z,order-refunded",
                "2024-03-14T10:00:00Z,6,earned,20,30,20,0,6,,2024-04-13T00:00:00Z,order-earned",
                "2024-03-15T10:00:00Z,7,redeemed,30,0,20,0,1,A-7,2024-03-31T00:00:00Z,points-redeemed",
                "2024-03-15T10:00:00Z,7,owed,3,0,20,3,,,,points-redeemed",
            ])
        #expect(try await log().rows(Loyalty.ledger, of: 3) == [])
    }

    @Test func `a ledger that does not foot is not shown`() throws {
        var run = LedgerRun()
        try run.take(.init(.orderPaid, at: "2024-03-01T10:00:00Z", order: 7, total: "100.00 EUR"))
        var pool = run.pool
        pool.lots[0].points -= 1
        #expect(throws: LedgerError.doesNotFoot(customer: "member:Ada")) {
            _ = try LoyaltyAnswer(pool, of: "member:Ada")
        }
    }
}
