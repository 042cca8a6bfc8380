import EventLog
import Testing
import Touchpoints

@testable import Projections

/// What lanes yield beside states and totals comes together too.
@Suite(.serialized) struct LaneYieldTests {
    @Test(.serialized, arguments: seeds(2))
    func `three lanes write what one writes, to the last byte`(seed: Int) async throws {
        let world = World(seed: seed, eventsPerCommit: 500, customers: 400...900)
        let journal = try await world.scribe(seed: seed, decisionsPerCommit: 6).journal
        let tally = try compare(Tally.self, journal)
        #expect(tally.labels.count > 2)
        #expect(tally.snapshots.count > 2)
        let beacon = try compare(Beacon.self, journal)
        #expect(beacon.effects.count > 2)
        #expect(beacon.setAside.count > 2)
        try compare(Lapse.self, journal)
        try compare(Brittle.self, journal)
        try compare(Lots.self, journal)
    }

    /// All that the files of a generation hold, and what its steps have asked for.
    private struct Content: Equatable {
        var pages: [[UInt8]] = []
        var totals: [Cell: Int128] = [:]
        var labels: [Cell: [UInt8]] = [:]
        var snapshots: [CustomerNumber: [[UInt8]]] = [:]
        var setAside: [CustomerNumber: SetAside] = [:]
        var effects: [String] = []
    }

    @discardableResult
    private func compare<P: Projector>(_: P.Type, _ journal: Journal) throws -> Content {
        let one = try content(P.self, journal, lanes: 1)
        let three = try content(P.self, journal, lanes: 3)
        #expect(three.pages == one.pages, "\(P.name)")
        #expect(three.totals == one.totals, "\(P.name)")
        #expect(three.labels == one.labels, "\(P.name)")
        #expect(three.snapshots == one.snapshots, "\(P.name)")
        #expect(three.setAside == one.setAside, "\(P.name)")
        #expect(three.effects == one.effects, "\(P.name)")
        return one
    }

    private func content<P: Projector>(_: P.Type, _ journal: Journal, lanes: Int) throws -> Content {
        var tuning = FoldTuning()
        (tuning.bulkSize, tuning.laneCount, tuning.chunkEvents, tuning.snapshotSpacing) = (1, lanes, 100, 2)
        let policies = try journal.policies(through: journal.log.head)
        let made = try Generation<P>(
            folder: ViewFolder(path: journal.scratch.path + "/lanes-\(lanes)-\(P.name)"), number: 1, log: journal.log,
            policies: P.order == .recorded ? policies : policies.suffix(1), isAccused: false, tuning: tuning)
        defer { made.close() }
        try made.fold.fold(through: journal.log.head)
        var content = Content()
        content.effects = made.fold.cells.effects.map { "\($0)" }.sorted()
        try made.save()
        let store = made.store!
        for (number, earliest) in try store.loadEarliest().enumerated() {
            let bytes = try #require(try store.loadPage(number))
            let slots = try PageBytes<P.State>.decode(bytes.span.bytes)
            var writer = ByteWriter()
            content.pages.append(PageBytes.encode(slots, earliest: earliest, in: &writer))
        }
        let cells = try store.loadCells()
        content.totals = Dictionary(uniqueKeysWithValues: cells.sorted().map { ($0.cell, $0.total) })
        content.labels = cells.labels
        for number in 0..<UInt32(content.pages.count * PageTable<P.State>.pageSize) {
            let entries = try store.loadSnapshots(of: CustomerNumber(rawValue: number))
            if !entries.isEmpty { content.snapshots[CustomerNumber(rawValue: number)] = entries.map(\.bytes) }
        }
        content.setAside = try store.loadSetAside()
        return content
    }
}
