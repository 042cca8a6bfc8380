import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

/// What belongs to which strand of a pool (rules 23 to 25, 28).
@Suite struct PoolTests {
    private func paid(_ total: String, on strand: UInt32, at time: String) throws -> SketchedEvent {
        try SketchedEvent(.orderPaid, at: time, order: UInt64(strand), total: total).on(strand)
    }

    @Test func `points spent are booked on the strands whose lots they were`() throws {
        var run = LedgerRun()
        try run.take([
            paid("10.00 EUR", on: 2, at: "2024-03-01T10:00:00Z"), paid("10.00 EUR", on: 1, at: "2024-03-02T10:00:00Z"),
            .init(.pointsRedeemed, at: "2024-03-03T10:00:00Z", points: 25),
        ])
        #expect(run.pool.accounts.map(\.strand.rawValue) == [1, 2])
        #expect(run.pool.accounts.map(\.redeemed) == [15, 10], "what nobody's lot covered is on the one who spent")
        #expect(run.pool.debts.map(\.strand.rawValue) == [1])
    }

    @Test func `one strand's points that pay another's debt are moved`() throws {
        var run = LedgerRun()
        try run.take([
            .init(.pointsRedeemed, at: "2024-03-01T10:00:00Z", points: 4),
            paid("10.00 EUR", on: 2, at: "2024-03-02T10:00:00Z"),
        ])
        #expect(run.pool.accounts.map(\.moved) == [4, -4])
        #expect(try run.figures.moved == 0)
        #expect(try Figures(of: run.pool.part(of: StrandNumber(rawValue: 2))).balance == 6)
    }

    @Test func `pools that are joined settle at the next answer`() throws {
        var debtor = LedgerRun()
        try debtor.take([.init(.pointsRedeemed, at: "2024-03-01T10:00:00Z", points: 4)])
        try debtor.take([.init(.orderRefunded, at: "2024-03-01T11:00:00Z", order: 2, total: "5.00 EUR")])
        var earner = LedgerRun()
        try earner.take([
            .init(.pageViewed, at: "2024-03-01T00:00:00Z"), .init(.pageViewed, at: "2024-03-01T00:00:00Z"),
        ])
        try earner.take(paid("10.00 EUR", on: 2, at: "2024-03-02T10:00:00Z"))
        var joined = debtor.pool
        joined.join(earner.pool)
        #expect(joined.debts.count == 1 && joined.refunds.count == 1, "a merge settles nothing")
        let answer = try LoyaltyAnswer(joined, of: "member:1")
        #expect(answer.figures.balance == 1, "10 earned, 5 refunded, 4 owed")
        #expect(answer.figures.reversed == 5 && answer.figures.owed == 0)
    }

    @Test func `parting undoes joining, in whatever order it was done`() throws {
        var run = LedgerRun()
        for strand in 1...3 as ClosedRange<UInt32> {
            try run.take([
                paid("10.00 EUR", on: strand, at: "2024-03-0\(strand)T10:00:00Z"),
                .init(.memberEnrolled, at: "2024-03-0\(strand)T11:00:00Z").on(strand),
                .init(.orderRefunded, at: "2024-03-0\(strand)T12:00:00Z", order: UInt64(strand), total: "3.00 EUR"),
                .init(.pointsRedeemed, at: "2024-03-0\(strand)T13:00:00Z", points: 9).on(strand),
            ])
        }
        let parts = (1...3 as ClosedRange<UInt32>).map { run.pool.part(of: StrandNumber(rawValue: $0)) }
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
            var joined = Pool()
            for index in order { joined.join(parts[index]) }
            #expect(joined == run.pool)
        }
    }

    @Test func `a void gives nothing back of a strand that has left, and what that had paid to the debtor`() throws {
        var run = LedgerRun()
        try run.take([
            paid("10.00 EUR", on: 2, at: "2024-03-01T10:00:00Z"),
            .init(.pointsRedeemed, at: "2024-03-02T10:00:00Z", points: 14),
            paid("20.00 EUR", on: 3, at: "2024-03-03T10:00:00Z"),
        ])
        var pool = run.pool
        var left = pool.part([StrandNumber(rawValue: 1)])
        // 10 were strand 2's, 4 were owed and paid by strand 3.
        var journal = Journal()
        try left.giveBack(.max, takenFor: Position(2), by: Position(4), &journal)
        let figures = try Figures(of: left)
        #expect(figures.redeemed == 0 && figures.moved == 4 && figures.balance == 4 && figures.foots)
        #expect(left.lots.map(\.position.rawValue) == [4])
    }

    @Test func `refunds of a voided order wait on its strand, though the one they were said on has left`() throws {
        var run = LedgerRun()
        try run.take([
            paid("20.00 EUR", on: 2, at: "2024-03-01T10:00:00Z"),
            .init(.orderRefunded, at: "2024-03-02T10:00:00Z", order: 2, total: "5.00 EUR"),
        ])
        run.part([StrandNumber(rawValue: 1)])
        try run.void(1, at: "2024-03-03T10:00:00Z")
        #expect(run.pool.refunds.map(\.strand.rawValue) == [2])
        try run.take(paid("10.00 EUR", on: 2, at: "2024-03-04T10:00:00Z"))
        #expect(try run.figures.balance == 5 && run.pool.refunds.isEmpty)
    }

    @Test func `membership is the last word of all strands`() throws {
        var run = LedgerRun(.loyalty { $0.isMemberOnly = true })
        try run.take([
            .init(.memberLeft, at: "2024-03-01T10:00:00Z"),
            SketchedEvent(.memberEnrolled, at: "2024-03-02T10:00:00Z").on(2),
            paid("10.00 EUR", on: 1, at: "2024-03-03T10:00:00Z"),
        ])
        #expect(try run.figures.earned == 10)
    }

    @Test func `bytes that no ledger has are refused`() throws {
        var run = LedgerRun()
        try run.take([
            paid("10.00 EUR", on: 1, at: "2024-03-01T10:00:00Z"), paid("20.00 EUR", on: 2, at: "2024-03-02T10:00:00Z"),
        ])
        var pool = run.pool
        pool.lots.reverse()
        var writer = ByteWriter()
        pool.encode(into: &writer)
        #expect(throws: StateError("the entries of a ledger are out of order")) {
            try read(writer.bytes)
        }
        for count in 0..<writer.bytes.count {
            #expect(throws: StateError.self) {
                try read(Array(writer.bytes[..<count]))
            }
        }
    }

    private func read(_ bytes: [UInt8]) throws {
        var reader = ByteReader(bytes.span.bytes)
        _ = try Pool(from: &reader)
    }
}
