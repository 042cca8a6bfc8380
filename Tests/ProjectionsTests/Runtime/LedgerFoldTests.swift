import EventLog
import Testing
import Touchpoints

@testable import Projections

/// The law of views in recorded order: at the end of every batch, whatever the batches were, pools and totals are what
/// the slow ledger gives, with customers that join and part, voids, failures, policies and jumps of the clock.
@Suite(.serialized) struct LedgerFoldTests {
    @Test(.serialized, arguments: seeds(60))
    func `pools equal the slow ledger at every boundary`(seed: Int) async throws {
        try check(await World(decidingWith: seed).journal(), seed)
    }

    @Test(.serialized, arguments: seeds(3))
    func `long ledgers equal the slow one, too`(seed: Int) async throws {
        try check(await World(decidingWith: seed, eventsPerCommit: 150).journal(), seed, batch: 120)
    }

    @Test(arguments: seeds(60))
    func `a ledger that copies only the states that it lost before equals the slow one`(seed: Int) async throws {
        let journal = try await World(decidingWith: seed).journal()
        let log = journal.log
        let clock = try log.recordedTime(at: log.head)
        func ledger(careful: Set<StrandNumber>?) throws -> CanonicalLedger<Lots> {
            var ledger = CanonicalLedger<Lots>(
                policies: try journal.policies(through: log.head), traps: TrapList(), cut: nil, careful: careful)
            for number in 1...log.head.rawValue { try ledger.take(log.event(at: Position(number)), of: log) }
            ledger.wakeAll(by: clock)
            return ledger
        }
        let slow = try ledger(careful: nil).outcomes(clock: clock)
        let hasty = try ledger(careful: [])
        #expect(!hasty.lost.isEmpty || slow.customers.values.allSatisfy { $0.failure == nil })
        let again = try ledger(careful: hasty.lost)
        #expect(again.lost.isEmpty)
        let found = again.outcomes(clock: clock)
        #expect(found.unowned == slow.unowned)
        #expect(Set(found.customers.keys) == Set(slow.customers.keys))
        for (customer, outcome) in slow.customers {
            let own = found.customers[customer]
            #expect(own?.state == outcome.state && own?.totals == outcome.totals && own?.failure == outcome.failure)
        }
    }

    @Test(arguments: [10, 100]) func `of few steps and of many, one that fails is skipped`(_ count: Int) async throws {
        let journal = try await Journal(policy: "journey: {sessionGap: 500h}")
        let orders = (1...3).map { Happening(.orderPaid, at: $0, of: 1) }
        let views = (5...count).map { Happening(.pageViewed, at: $0, of: 1) }
        try await journal.append(
            orders + [Happening(.complaintRaised, at: 4, of: 1)] + views, now: count)
        let generation = try Generation<Lots>(
            readingAt: nil, number: 0, log: journal.log, policies: journal.policies(through: journal.log.head))
        try generation.fold.fold(through: journal.log.head)
        let log = journal.log
        let strand = try log.event(at: Position(2)).strand
        var run = PoolRun(generation.fold, with: strand, explains: true)
        var (steps, failures): ([Position], [Position]) = ([], [])
        try run.fold(through: journal.log.head, wakeUpsBy: Timestamp(hour: count)) { _, _, moment in
            switch moment {
            case .step(let step): steps += [step.event].compactMap(\.self)
            case .failure(let event, _, _): failures += [event].compactMap(\.self)
            case .regrouping: break
            }
        }
        #expect(failures == [Position(5)])
        #expect(steps == (2...UInt64(count) + 1).map { Position($0) }.filter { $0 != Position(5) })
        let state = try #require(run.state(of: [strand]))
        #expect(state.lots.count == 3 && state.visits.map(\.type) == [EventType.pageViewed.rawValue])
    }

    @Test func `a split leaves the strand behind that holds a failed step`() async throws {
        let journal = try await Journal(policy: "journey: {sessionGap: 50h}")
        let orders = (1...3).map { Happening(.orderPaid, at: 100 + $0, of: 1) }
        // Three lots are too many for a complaint: member 2 is to blame, whose own pool has none.
        try await journal.append(orders + [Happening(.pageViewed, at: 104, of: 2)], now: 104)
        try await journal.append([Happening(.customerMerged, at: 104, of: "member:1", ["member:2"])], now: 104)
        try await journal.append([Happening(.complaintRaised, at: 105, of: 2)], now: 105)
        #expect(try picture(journal).setAside == [1])
        #expect(try picture(journal).totals.isEmpty)
        try await journal.append([Happening(.customerSplit, at: 106, of: "member:1", ["member:2"])], now: 106)
        let parted = try picture(journal)
        #expect(parted.setAside == [2])
        #expect(parted.totals[Cell(1)].map { Int64($0) } == 540_000_000_000)
        // Without the complaint nobody is set aside.
        try await journal.append([Happening(voiding: 7, at: 107)], now: 107)
        #expect(try picture(journal).setAside.isEmpty)
    }

    @Test func `a policy and a merge of later wake nobody up to the time of an answer`() async throws {
        let journal = try await Journal(policy: "journey: {sessionGap: 50h}")
        try await journal.append([1, 2].map { Happening(.pageViewed, at: 100, of: $0) }, now: 100)
        try await journal.append([Happening(policy: "journey: {sessionGap: 10h}", at: 130)], now: 130)
        try await journal.append([Happening(.customerMerged, at: 131, of: "member:1", ["member:2"])], now: 131)
        func reminders(at hour: Int) throws -> Int128 {
            let time = Timestamp(hour: hour)
            let generation = try Generation<Lots>(
                readingAt: nil, number: 0, log: journal.log, policies: journal.policies(through: journal.log.head),
                standpoint: Standpoint(position: journal.log.head, time: time))
            try generation.fold.fold(through: journal.log.head)
            let picture = try Picture(of: generation.fold)
            try expect(
                generation.fold, Picture(folding: Lots.self, journal, through: journal.log.head, cut: time), "\(hour)")
            #expect(picture.states.count == 1)
            return picture.totals[Cell(4)] ?? 0
        }
        // By the policy of then they are due at 150, by the one of now they were at 110.
        #expect(try reminders(at: 120) == 0)
        #expect(try reminders(at: 129) == 0)
        #expect(try reminders(at: 131) == 72_000_000_000)
    }

    /// What the runtime shows, which is also what the slow ledger gives.
    private func picture(_ journal: Journal) throws -> Picture {
        let generation = try Generation<Lots>(
            readingAt: nil, number: 0, log: journal.log, policies: journal.policies(through: journal.log.head))
        try generation.fold.fold(through: journal.log.head)
        let picture = try Picture(of: generation.fold)
        #expect(try picture == Picture(folding: Lots.self, journal, through: journal.log.head))
        return picture
    }

    private func check(_ journal: Journal, _ seed: Int, batch: Int = 9) throws {
        var random = SplitMix(seed: seed)
        let log = journal.log
        let policies = try journal.policies(through: log.head)
        let views = ViewFolder(path: journal.scratch.path + "/views/lots")
        func open() throws -> Generation<Lots> {
            try Generation<Lots>(folder: views, number: 1, log: log, policies: policies, isAccused: false)
        }

        var generation = try open()
        while generation.fold.checkpoint < log.head {
            let size = UInt64(random.number(1...batch))
            let end = min(log.head, Position(generation.fold.checkpoint.rawValue + size))
            try generation.fold.fold(through: end)
            let expected = try Picture(folding: Lots.self, journal, through: end)
            try expect(generation.fold, expected, "at \(end)")
            guard random.once(in: 3) else { continue }
            try generation.save()
            guard random.once(in: 2) else { continue }
            generation.close()
            generation = try open()
            try expect(generation.fold, expected, "at \(end), opened again")
        }
        let digest = try generation.digest()
        generation.close()

        let whole = try Generation<Lots>(readingAt: nil, number: 0, log: log, policies: policies)
        try whole.fold.fold(through: log.head)
        #expect(try whole.digest() == digest, "folded at once")
        for _ in 0..<3 {
            let cut = Timestamp(hour: random.number(60...1500))
            let asOf = try Generation<Lots>(
                readingAt: nil, number: 0, log: log, policies: policies,
                standpoint: Standpoint(position: log.head, time: cut))
            while asOf.fold.checkpoint < log.head {
                let size = UInt64(random.number(1...batch * 4))
                try asOf.fold.fold(through: min(log.head, Position(asOf.fold.checkpoint.rawValue + size)))
            }
            let expected = try Picture(folding: Lots.self, journal, through: log.head, cut: cut)
            try expect(asOf.fold, expected, "as of \(cut)")
        }
    }

    private func expect(_ fold: ViewFold<Lots>, _ expected: Picture, _ place: Comment) throws {
        let found = try Picture(of: fold)
        #expect(found.states == expected.states, place)
        #expect(found.setAside == expected.setAside, place)
        #expect(found.totals == expected.totals, place)
        #expect(Set(fold.setAside.keys.map(\.rawValue)) == expected.setAside, place)
        #expect(Set(fold.cells.sorted(table: 3).map(\.cell)).isSubset(of: fold.cells.labels.keys), place)
    }
}
