import EventLog
import Testing
import Touchpoints

@testable import Projections

/// Customers who join and part, and events that are taken back, are folds again like those of late events (rules 10,
/// 18, 22, 34 and 35).
@Suite(.serialized) struct RegroupingTests {
    @Test(.serialized, arguments: seeds(60))
    func `a view equals the slow fold at every boundary, whoever joins, parts and is taken back`(
        seed: Int
    ) async throws {
        let scribe = try await World(seed: seed).scribe(seed: seed)
        try check(Trail.self, scribe.journal, seed)
        try check(Tally.self, scribe.journal, seed)
        try check(Lapse.self, scribe.journal, seed)
        try check(Brittle.self, scribe.journal, seed)
    }

    @Test(.serialized, arguments: seeds(4))
    func `so it does where histories are long`(seed: Int) async throws {
        let scribe = try await World(seed: seed, eventsPerCommit: 300).scribe(seed: seed, decisionsPerCommit: 9)
        try check(Trail.self, scribe.journal, seed, batch: 200, spacing: 16)
        try check(Tally.self, scribe.journal, seed, batch: 200, spacing: 16)
        try check(Lapse.self, scribe.journal, seed, batch: 200, spacing: 64)
        try check(Brittle.self, scribe.journal, seed, batch: 200, spacing: 16)
    }

    /// Folds in random batches, saves and opens again at random, and compares at each boundary.
    private func check<P: Projector>(
        _: P.Type, _ journal: Journal, _ seed: Int, batch: Int = 9, spacing: UInt32? = nil
    ) throws {
        var random = SplitMix(seed: seed)
        let log = journal.log
        let policies = try journal.policies(through: log.head).suffix(1)
        let spacing = spacing ?? UInt32(random.number(2...6))
        let views = ViewFolder(path: journal.scratch.path + "/views/" + P.name)
        func open() throws -> Generation<P> {
            let generation = try Generation<P>(
                folder: views, number: 1, log: log, policies: Array(policies), isAccused: false)
            generation.tuning.snapshotSpacing = spacing
            return generation
        }
        var generation = try open()
        while generation.fold.checkpoint < log.head {
            let end = min(log.head, Position(generation.fold.checkpoint.rawValue + UInt64(random.number(1...batch))))
            try generation.fold.fold(through: end)
            try expect(generation.fold, Picture(folding: P.self, journal, through: end), "\(P.name) at \(end)")
            guard random.once(in: 3) else { continue }
            try generation.save()
            guard random.once(in: 2) else { continue }
            generation.close()
            generation = try open()
            try expect(
                generation.fold, Picture(folding: P.self, journal, through: end), "\(P.name) at \(end), opened again")
        }
        let setAside = generation.fold.setAside
        generation.close()

        let whole = try fold(P.self, journal, Array(policies))
        #expect(whole.setAside == setAside, "\(P.name): the same first failures, whatever the batches were")
        for _ in 0..<2 {
            let cut = Timestamp(hour: random.number(60...1500))
            let asOf = try fold(P.self, journal, Array(policies), cut: cut, batch: UInt64(random.number(1...batch)))
            let expected = try Picture(folding: P.self, journal, through: log.head, cut: cut)
            try expect(asOf, expected, "\(P.name) as of \(cut)")
        }
        let known = try fold(
            P.self, journal, Array(policies), knownAt: log.head, batch: UInt64(random.number(1...batch)))
        try expect(known, Picture(folding: P.self, journal, through: log.head), "\(P.name), with what is known")
    }

    private func fold<P: Projector>(
        _: P.Type, _ journal: Journal, _ policies: [ActivePolicy], cut: Timestamp? = nil, knownAt: Position? = nil,
        batch: UInt64 = .max / 2
    ) throws -> ViewFold<P> {
        let fold = try ViewFold<P>(
            log: journal.log, schedule: PolicySchedule(policies), store: nil, about: nil, marker: nil, cut: cut,
            knownAt: knownAt)
        fold.tuning.snapshotSpacing = 3
        while fold.checkpoint < journal.log.head {
            try fold.fold(through: min(journal.log.head, Position(fold.checkpoint.rawValue + batch)))
        }
        return fold
    }

    private func expect<P: Projector>(_ fold: ViewFold<P>, _ expected: Picture, _ place: Comment) throws {
        let found = try Picture(of: fold)
        #expect(found.states == expected.states, place)
        #expect(found.setAside == expected.setAside, place)
        #expect(found.totals == expected.totals, place)
        #expect(Set(fold.setAside.keys.map(\.rawValue)) == expected.setAside, place)
    }
}
