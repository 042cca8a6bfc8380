import Digests
import EventLog
import Testing
import Touchpoints

@testable import Projections

/// However a generation is made, in batches or as one bulk, on one core or several, in one pass or several over ranges
/// of customers, the bits are the same.
@Suite(.serialized) struct LanesTests {
    @Test(.serialized, arguments: seeds(6))
    func `a bulk on three lanes and in passes is what single batches are`(seed: Int) async throws {
        let world = World(seed: seed, eventsPerCommit: 500, customers: 400...900)
        let scribe = try await world.scribe(seed: seed, decisionsPerCommit: 6)
        try compare(Trail.self, scribe.journal)
        try compare(Tally.self, scribe.journal)
        try compare(Lapse.self, scribe.journal)
        try compare(Brittle.self, scribe.journal)
        try compare(Lots.self, scribe.journal)
        try compare(Beacon.self, scribe.journal)
    }

    private func compare<P: Projector>(_: P.Type, _ journal: Journal) throws {
        var single = FoldTuning()
        (single.bulkSize, single.batchSize) = (.max, 100)
        let expected = try digest(P.self, journal, single, in: "single")
        var lanes = FoldTuning()
        (lanes.bulkSize, lanes.laneCount, lanes.chunkEvents) = (1, 3, 100)
        #expect(try digest(P.self, journal, lanes, in: "lanes") == expected, "\(P.name)")
        var passes = lanes
        (passes.passEvents, passes.saveBytes, passes.residentPages) = (300, 10_000, 0)
        #expect(try digest(P.self, journal, passes, in: "passes", runsAhead: true) == expected, "\(P.name)")
    }

    /// Of what lies in the files in the end.
    private func digest<P: Projector>(
        _: P.Type, _ journal: Journal, _ tuning: FoldTuning, in name: String, runsAhead: Bool = false
    ) throws -> Digest256 {
        let policies = try journal.policies(through: journal.log.head)
        func open() throws -> Generation<P> {
            try Generation(
                folder: ViewFolder(path: journal.scratch.path + "/\(name)-\(P.name)"), number: 1, log: journal.log,
                policies: P.order == .recorded ? policies : policies.suffix(1), isAccused: false, tuning: tuning)
        }
        let made = try open()
        made.mayRunAhead = runsAhead
        while try made.foldBatch(through: journal.log.head) {}
        let digest = try made.digest()
        try made.save()
        made.close()
        let read = try open()
        defer { read.close() }
        #expect(try read.digest() == digest, "\(P.name) from the files of \(name)")
        return digest
    }

    @Test func `a bulk that was interrupted begins again`() async throws {
        let world = World(seed: 1, eventsPerCommit: 500, customers: 400...900)
        let journal = try await world.scribe(seed: 1).journal
        try journal.fold([Trail.self])
        var tuning = FoldTuning()
        (tuning.bulkSize, tuning.laneCount, tuning.chunkEvents, tuning.saveBytes) = (1, 1, 20, 1)
        let half = try journal.generation(Trail.self, 2)
        half.tuning = tuning
        half.mayRunAhead = true
        // As a process leaves it that ends between two pieces.
        let spill = half.fold.spill!
        struct Ended: Error {}
        var count = 0
        half.fold.spill = {
            try spill()
            count += 1
            if count == 2 { throw Ended() }
        }
        #expect(throws: Ended.self) { try half.foldBatch(through: journal.log.head) }
        half.close()
        #expect(try GenerationAbout.peek(journal.views(of: Trail.self).path(of: 2))?.isAhead == true)
        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([Trail.self]))
        #expect(try engine.rebuild(["trail"]) { _, _, _ in }.map(\.comparison) == [.same])
        try engine.close()
        #expect(journal.views(of: Trail.self).current() == 2)
    }

    @Test(arguments: [1, 3]) func `a rebuild tells how far it is, chunk by chunk`(lanes: Int) async throws {
        let world = World(seed: 2, eventsPerCommit: 500, customers: 3_000...4_000)
        let journal = try await world.scribe(seed: 2).journal
        var tuning = FoldTuning()
        (tuning.bulkSize, tuning.laneCount, tuning.chunkEvents) = (1, lanes, 100)
        let engine = try FoldEngine(
            folder: journal.folder, catalogue: Catalogue([Tally.self]), isAccused: false,
            saveInterval: .seconds(60), tuning: tuning)
        defer { try? engine.close() }
        _ = try engine.catchUp()
        _ = try engine.rebuild(["tally"]) { _, _, _ in }
        var told: [Position] = []
        _ = try engine.rebuild(["tally"]) { _, at, head in
            #expect(head == journal.log.head)
            told.append(at)
        }
        #expect(told.count > 4)
        #expect(told == told.sorted())
        #expect(told.last == journal.log.head)
    }
}
