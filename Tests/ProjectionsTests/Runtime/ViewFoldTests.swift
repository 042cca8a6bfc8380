import EventLog
import Testing
import Touchpoints

@testable import Projections

/// The one law of the runtime: at the end of every batch a view is what the slow fold gives.
@Suite(.serialized) struct ViewFoldTests {
    @Test(.serialized, arguments: seeds(60))
    func `a view equals the slow fold at every boundary`(seed: Int) async throws {
        let journal = try await World(seed: seed).journal()
        try check(Trail.self, journal, seed)
        try check(Tally.self, journal, seed)
        try check(Lapse.self, journal, seed)
        try check(Brittle.self, journal, seed)
        try check(Lots.self, journal, seed)
    }

    @Test(.serialized, arguments: seeds(3))
    func `long histories equal the slow fold, too`(seed: Int) async throws {
        let journal = try await World(seed: seed, eventsPerCommit: 300).journal()
        try check(Trail.self, journal, seed, batch: 200, spacing: 64)
        try check(Tally.self, journal, seed, batch: 200, spacing: 16)
        try check(Lapse.self, journal, seed, batch: 200, spacing: 64)
        try check(Brittle.self, journal, seed, batch: 200, spacing: 16)
    }

    @Test func `what was emitted under a new policy is taken back as it was emitted`() async throws {
        let journal = try await Journal(policy: "journey: {sessionGap: 50h}")
        // Two lots, expiring at the hours 120 and 250, and a chat: its reminder will fail when one lot is left.
        try await journal.append(
            [Happening(.orderPaid, at: -30), Happening(.orderPaid, at: 100), Happening(.chatStarted, at: 100)], now: 100
        )
        try await journal.append([Happening(policy: "journey: {sessionGap: 40h}", at: 110)], now: 110)
        let generation = try Generation<Lots>(
            readingAt: nil, number: 0, log: journal.log, policies: journal.policies(through: journal.log.head))
        for hour in [130, 200] {
            try await journal.append([Happening(.clockTicked, at: hour, of: 0)], now: hour)
            try generation.fold.fold(through: journal.log.head)
            try expect(
                generation.fold, Picture(folding: Lots.self, journal, through: journal.log.head), "at hour \(hour)")
        }
        #expect(generation.fold.setAside.count == 1)
    }

    /// Folds in random batches, saves and opens again at random, and compares at each boundary.
    private func check<P: Projector>(
        _: P.Type, _ journal: Journal, _ seed: Int, batch: Int = 9, spacing: UInt32? = nil
    ) throws {
        var random = SplitMix(seed: seed)
        let log = journal.log
        let last = try journal.policies(through: log.head)
        let policies = P.order == .recorded ? last : last.suffix(1)
        let spacing = spacing ?? UInt32(random.number(2...6))
        let views = ViewFolder(path: journal.scratch.path + "/views/" + P.name)
        func open() throws -> Generation<P> {
            let generation = try Generation<P>(folder: views, number: 1, log: log, policies: policies, isAccused: false)
            generation.tuning.snapshotSpacing = spacing
            return generation
        }

        var generation = try open()
        while generation.fold.checkpoint < log.head {
            let size = UInt64(random.number(1...batch))
            let end = min(log.head, Position(generation.fold.checkpoint.rawValue + size))
            try generation.fold.fold(through: end)
            let expected = try Picture(folding: P.self, journal, through: end)
            try expect(generation.fold, expected, "\(P.name) at \(end)")
            guard random.once(in: 3) else { continue }
            try generation.save()
            guard random.once(in: 2) else { continue }
            generation.close()
            generation = try open()
            try expect(generation.fold, expected, "\(P.name) at \(end), opened again")
        }
        let digest = try generation.digest()
        generation.close()

        let whole = try Generation<P>(readingAt: nil, number: 0, log: log, policies: policies)
        try whole.fold.fold(through: log.head)
        #expect(try whole.digest() == digest, "\(P.name) folded at once")
        for _ in 0..<3 {
            let cut = Timestamp(hour: random.number(60...1500))
            let asOf = try Generation<P>(
                readingAt: nil, number: 0, log: log, policies: policies,
                standpoint: Standpoint(position: log.head, time: cut))
            asOf.tuning.snapshotSpacing = spacing
            while asOf.fold.checkpoint < log.head {
                let size = UInt64(random.number(1...batch * 4))
                try asOf.fold.fold(through: min(log.head, Position(asOf.fold.checkpoint.rawValue + size)))
            }
            let expected = try Picture(folding: P.self, journal, through: log.head, cut: cut)
            try expect(asOf.fold, expected, "\(P.name) as of \(cut)")
        }
    }

    private func expect<P: Projector>(_ fold: ViewFold<P>, _ expected: Picture, _ place: Comment) throws {
        let found = try Picture(of: fold)
        #expect(found.states == expected.states, place)
        #expect(found.setAside == expected.setAside, place)
        #expect(found.totals == expected.totals, place)
        #expect(Set(fold.setAside.keys.map(\.rawValue)) == expected.setAside, place)
        for (cell, label) in fold.cells.labels where fold.cells.total(of: cell) != 0 {
            #expect(Cell(labelled: label, in: cell.table) == cell, place)
        }
        #expect(Set(fold.cells.sorted(table: 2).map(\.cell)).isSubset(of: labelledCells(fold)), place)
    }

    /// Table 2 holds labels in all of these views but the ledger.
    private func labelledCells<P: Projector>(_ fold: ViewFold<P>) -> Set<Cell> {
        P.order == .recorded ? Set(fold.cells.sorted(table: 2).map(\.cell)) : Set(fold.cells.labels.keys)
    }
}
