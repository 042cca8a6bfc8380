import EventLog
import Foundation
import Testing
import Touchpoints

@testable import Projections

@Suite(.serialized) struct ViewEngineTests {
    @Test func `a policy that changes what a view reads makes a new generation, and the old one answers until then`()
        async throws
    {
        let journal = try await Journal(policy: "journey: {sessionGap: 1h}")
        try await journal.append([Happening(.pageViewed, at: 1), Happening(.pageViewed, at: 2)], now: 3)
        try journal.fold([Gapped.self])
        try await journal.append([Happening(policy: "journey: {sessionGap: 5h}", at: 4)], now: 4)

        let before = try journal.ask(Gapped.self)
        #expect(before.rows == [[.integer(2)]])
        #expect(before.answer == Answer(position: Position(4), policy: Position(1), isStale: false, setAside: 0))
        try journal.fold([Gapped.self])
        let after = try journal.ask(Gapped.self)
        #expect(after.rows == [[.integer(10)]])
        #expect(after.answer.policy == Position(4))
        #expect(journal.views(of: Gapped.self).current() == 2)
        #expect(try journal.check(Gapped.self) == [])
    }

    @Test func `a policy that changes nothing a view reads keeps its generation`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 1)], now: 3)
        try journal.fold([Gapped.self])
        try await journal.append([Happening(policy: "ingest: {maxFuture: 20m}", at: 4)], now: 4)
        try journal.fold([Gapped.self])
        #expect(journal.views(of: Gapped.self).current() == 1)
    }

    @Test func `the newest generation before the live one is kept, older ones are not`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 1)], now: 3)
        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([Gapped.self]))
        _ = try engine.catchUp()
        let first = try engine.rebuild(["gapped"]) { _, _, _ in }
        #expect(first.map(\.generation) == [1], "the generation that was made just now is the one asked for")
        for number in 2...4 {
            let outcome = try engine.rebuild(["gapped"]) { _, _, _ in }
            #expect(outcome.map(\.generation) == [number])
            #expect(outcome.map(\.comparison) == [.same])
        }
        #expect(journal.views(of: Gapped.self).generations() == [3, 4])
        try engine.close()
    }

    @Test func `a view of an older version answers, marked stale, until it is rebuilt`() async throws {
        let journal = try await Journal(policy: "journey: {sessionGap: 1h}")
        try await journal.append([Happening(.pageViewed, at: 1)], now: 3)
        try journal.fold([Gapped.self])
        try await journal.append([Happening(.pageViewed, at: 3)], now: 4)

        let stale = try journal.ask(GappedTwice.self)
        #expect(stale.rows == [[.integer(1)]])
        #expect(stale.answer == Answer(position: Position(2), policy: Position(1), isStale: true, setAside: 0))
        try journal.fold([GappedTwice.self])
        let fresh = try journal.ask(GappedTwice.self)
        #expect(fresh.rows == [[.integer(4)]])
        #expect(!fresh.answer.isStale)
        #expect(journal.views(of: GappedTwice.self).current() == 2)
    }

    @Test func `a view of a newer version is folded in memory by an older program`() async throws {
        let journal = try await Journal(policy: "journey: {sessionGap: 1h}")
        try await journal.append([Happening(.pageViewed, at: 1)], now: 3)
        try journal.fold([GappedTwice.self])
        let (rows, answer) = try journal.ask(Gapped.self)
        #expect(rows == [[.integer(1)]])
        #expect(!answer.isStale)
    }

    @Test func `an interrupted rebuild goes on where it stopped`() async throws {
        let journal = try await Journal()
        try await journal.append((1...40).map { Happening(.pageViewed, at: $0, of: $0 % 3 + 1) }, now: 50)
        try journal.fold([Steps.self])
        let half = try journal.generation(Steps.self, 2)
        try half.fold.fold(through: Position(31))
        try half.save()
        half.close()

        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([Steps.self]))
        var outcome: [RebuildOutcome] = []
        let steps = try Steps.counted { outcome = try engine.rebuild(["steps"]) { _, _, _ in } }
        try engine.close()
        #expect(outcome.map(\.generation) == [2])
        #expect(outcome.map(\.comparison) == [.same])
        #expect(steps == 10)
        #expect(journal.views(of: Steps.self).current() == 2)
    }

    @Test func `what an interrupted rebuild left is not gone on with under another policy`() async throws {
        let journal = try await Journal(policy: "journey: {sessionGap: 1h}")
        try await journal.append([Happening(.pageViewed, at: 1), Happening(.pageViewed, at: 2)], now: 50)
        let half = try journal.generation(Gapped.self, 1)
        try half.fold.fold(through: Position(2))
        try half.save()
        half.close()
        try await journal.append([Happening(policy: "journey: {sessionGap: 5h}", at: 51)], now: 51)
        try journal.fold([Gapped.self])
        #expect(try journal.ask(Gapped.self).rows == [[.integer(10)]])
    }

    @Test func `a rebuild tells that the old generation was damaged`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 1)], now: 3)
        try journal.fold([Gapped.self])
        let damaged = try journal.generation(Gapped.self, 1)
        damaged.fold.cells.add(1, to: Cell(1))
        try await journal.append([Happening(.pageViewed, at: 2)], now: 3)
        try damaged.fold.fold(through: Position(3))
        try damaged.save()
        damaged.close()

        #expect(try journal.check(Gapped.self).count == 1)
        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([Gapped.self]))
        #expect(try engine.rebuild(["gapped"]) { _, _, _ in }.map(\.comparison) == [.different])
        try engine.close()
        #expect(try journal.check(Gapped.self) == [])
    }
}
