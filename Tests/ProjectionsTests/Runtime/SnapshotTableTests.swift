import EventLog
import Testing
import Touchpoints

@testable import Projections

@Suite(.serialized) struct SnapshotTableTests {
    private let customer = CustomerNumber(rawValue: 1)

    private func generation<P: Projector>(_: P.Type, _ journal: Journal) throws -> Generation<P> {
        try Generation(readingAt: nil, number: 0, log: journal.log, policies: journal.policies(through: Position(1)))
    }

    private func events(_ count: Int) -> [Happening] {
        (1...count).map { Happening($0.isMultiple(of: 3) ? .orderPaid : .pageViewed, at: $0) }
    }

    /// The steps that folding to the head takes.
    private func steps(_ generation: Generation<Steps>, _ journal: Journal) throws -> Int {
        try Steps.counted { try generation.fold.fold(through: journal.log.head) }
    }

    @Test func `a late event costs a fold that forgets about two spacings, at any distance`() async throws {
        let journal = try await Journal()
        try await journal.append(events(2000), now: 3000)
        let generation = try generation(Steps.self, journal)
        #expect(try steps(generation, journal) == 2000)
        for hour in [1990, 1000, 10] {
            try await journal.append([Happening(.chatStarted, at: hour)], now: 3000)
            // Both what was and what is now are folded.
            #expect(try steps(generation, journal) <= 2 * 2 * 64)
        }
        #expect(try Picture(of: generation.fold) == Picture(folding: Steps.self, journal, through: journal.log.head))
    }

    @Test func `late events do not heap up snapshots`() async throws {
        let journal = try await Journal()
        try await journal.append(events(640), now: 1000)
        let generation = try generation(Steps.self, journal)
        try generation.fold.fold(through: journal.log.head)
        #expect(try generation.fold.snapshots.all(of: customer).count == 10)
        for hour in 1...100 {
            try await journal.append([Happening(.chatStarted, at: 200 + hour % 7)], now: 1000)
            try generation.fold.fold(through: journal.log.head)
        }
        #expect(try generation.fold.snapshots.all(of: customer).count <= 13)
        #expect(try Picture(of: generation.fold) == Picture(folding: Steps.self, journal, through: journal.log.head))
    }

    @Test func `snapshots of a fold that carries counters are thinned with age`() async throws {
        let journal = try await Journal()
        try await journal.append(events(64 * 100), now: 9000)
        let generation = try generation(Tally.self, journal)
        try generation.fold.fold(through: journal.log.head)
        let ordinals = try generation.fold.snapshots.all(of: customer).map(\.ordinal)
        #expect(ordinals.last == 100)
        #expect(ordinals.count <= 8)
        try await journal.append([Happening(.chatStarted, at: 64 * 50)], now: 9000)
        try generation.fold.fold(through: journal.log.head)
        #expect(try generation.fold.snapshots.all(of: customer).count <= 10)
    }

    @Test func `a customer whose events all fail costs three passes, not one for each`() async throws {
        let journal = try await Journal()
        try await journal.append((1...300).map { Happening(.complaintRaised, at: $0) }, now: 1000)
        let generation = try generation(Steps.self, journal)
        #expect(try steps(generation, journal) <= 3 * 301)
        #expect(generation.fold.setAside[customer]?.position == Position(2))
    }

    @Test func `a key is told from its bytes`() {
        for time in [Timestamp.distantPast.rawValue, -1, 0, 1, Timestamp.distantFuture.rawValue] {
            let key = FoldKey(time: Timestamp(rawValue: time), sequence: -time.signum() * 7, position: Position(3))
            let parsed = SnapshotTable.parse(SnapshotTable.storageKey(customer, key).span.bytes)
            #expect(parsed?.customer == customer)
            #expect(parsed?.key == key)
        }
    }
}
