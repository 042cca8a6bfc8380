import EventLog
import Testing
import Touchpoints

@testable import Projections

/// What folding again costs, in steps: beside the other tests that count them, one after the other.
extension SnapshotTableTests {
    private func go(_ fold: ViewFold<Steps>, _ scribe: Scribe, _ place: Comment) throws {
        try fold.fold(through: scribe.position)
        #expect(try Picture(of: fold) == Picture(folding: Steps.self, scribe.journal, through: scribe.position), place)
    }

    private func steps(_ fold: ViewFold<Steps>, _ scribe: Scribe) throws -> Int {
        let before = Steps.count.withLock { $0 }
        try fold.fold(through: scribe.position)
        return Steps.count.withLock { $0 } - before
    }

    private func spread(_ count: Int) async throws -> (Scribe, ViewFold<Steps>) {
        let scribe = try await Scribe()
        for start in stride(from: 0, to: count, by: 5_000) {
            let end = min(start + 5_000, count)
            try scribe.append(
                (start + 1...end).map { .event($0.isMultiple(of: 3) ? .orderPaid : .pageViewed, at: $0, of: 1) },
                now: end)
        }
        let fold = try ViewFold<Steps>(
            log: scribe.journal.log, schedule: PolicySchedule(scribe.journal.policies(through: scribe.position)),
            store: nil, about: nil, marker: nil)
        #expect(try steps(fold, scribe) == count)
        return (scribe, fold)
    }

    @Test func `late events over a long history cost a spacing each, not the history`() async throws {
        let (scribe, fold) = try await spread(20_000)
        try scribe.append((1...50).map { .event(.chatStarted, at: $0 * 390, of: 1) }, now: 20_000)
        #expect(try steps(fold, scribe) <= 50 * (64 + 8))
        try go(fold, scribe, "late")
    }

    @Test func `voids of a long history cost a spacing each`() async throws {
        let (scribe, fold) = try await spread(10_000)
        try scribe.append((1...25).map { .void(Position(UInt64($0) * 390)) }, now: 10_000)
        #expect(try steps(fold, scribe) <= 25 * (64 + 8))
        try go(fold, scribe, "voided")
    }

    @Test func `a short history that joins a long one costs a spacing for each of its events`() async throws {
        let (scribe, fold) = try await spread(10_000)
        try scribe.append((1...10).map { .event(.chatStarted, at: $0 * 900, of: 2) }, now: 10_000)
        #expect(try steps(fold, scribe) == 10)
        try scribe.append([.join(1, 2)], now: 10_000)
        #expect(try steps(fold, scribe) <= 10 + 10 * (64 + 8))
        try go(fold, scribe, "joined")
    }

    @Test func `late events of a customer that is set aside cost no more`() async throws {
        let (scribe, fold) = try await spread(10_000)
        try scribe.append([.event(.complaintRaised, at: 100, of: 1)], now: 10_000)
        try go(fold, scribe, "set aside")
        #expect(fold.setAside.count == 1)
        try scribe.append((1...10).map { .event(.chatStarted, at: $0 * 900, of: 1) }, now: 10_000)
        #expect(try steps(fold, scribe) <= 10 * (64 + 8))
        try go(fold, scribe, "still set aside")
        try scribe.append([.void(Position(10_002))], now: 10_000)
        try go(fold, scribe, "healed")
        #expect(fold.setAside.isEmpty)
    }

    @Test func `snapshots do not heap up where a long history is often folded again`() async throws {
        let (scribe, fold) = try await spread(2_000)
        for round in 1...60 {
            try scribe.append(
                [.event(.chatStarted, at: 300 + round % 9, of: 1), .event(.chatStarted, at: 1_000 + round, of: 1)],
                now: 2_000)
            try go(fold, scribe, "round \(round)")
        }
        let keys = try fold.snapshots.all(of: CustomerNumber(rawValue: 1)).map(\.key)
        #expect(keys == keys.sorted() && Set(keys).count == keys.count)
        #expect(keys.count <= 2 * 2_120 / 64)
    }
}
