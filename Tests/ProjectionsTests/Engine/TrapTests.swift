import EventLog
import Foundation
import Testing
import Touchpoints

@testable import Projections

/// Steps that end the process which folds, with processes that really end: each is told of the one before, as the
/// supervisor does. The first meets the step in a batch, the second notes it, the third sets it aside.
struct TrapTests {
    private func fold(
        _ projector: any Projector.Type, _ journal: Journal, _ conditions: [ExitTest.Condition]
    ) async throws {
        for (count, condition) in conditions.enumerated() {
            await #expect(processExitsWith: condition) {
                [path = journal.folder.path as String, name = projector.name as String, isAccused = (count > 0) as Bool]
                in
                let projectors: [any Projector.Type] = [Snare.self, Pitfall.self]
                let engine = try FoldEngine(
                    folder: DataFolder(openingAt: path),
                    catalogue: Catalogue(projectors.filter { $0.name == name }), isAccused: isAccused)
                _ = try engine.catchUp()
                try engine.close()
            }
        }
    }

    /// One customer is set aside, and the view is what the slow folds and a new generation say.
    private func check<P: Projector>(_ projector: P.Type, _ journal: Journal, generations: [Int]) throws {
        #expect(try journal.check(P.self) == [])
        #expect(journal.views(of: P.self).generations() == generations)
        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([P.self]))
        _ = try engine.catchUp()
        #expect(engine.setAsideCounts == [P.name: 1])
        #expect(try engine.rebuild([P.name]) { _, _, _ in }.map(\.comparison) == [.same])
        try engine.close()
        #expect(try journal.check(P.self) == [])
    }

    private func merge(_ other: Int, at hour: Int) -> Happening {
        Happening(.customerMerged, at: hour, of: "member:1", ["member:\(other)"])
    }

    @Test func `an old event that traps in a customer's new list is skipped by a new generation`() async throws {
        let journal = try await Journal()
        try await journal.append(
            [
                Happening(.pageViewed, at: 1, of: 1), Happening(.pageViewed, at: 2, of: 2),
                Happening(.complaintRaised, at: 3, of: 2), Happening(.pageViewed, at: 3, of: 3),
            ], now: 3)
        try journal.fold([Snare.self])
        try await journal.append([merge(2, at: 4), Happening(.pageViewed, at: 5, of: 3)], now: 5)
        try await fold(Snare.self, journal, [.failure, .failure, .success])
        try check(Snare.self, journal, generations: [1, 2])
        // Once they are parted again, the one who complained is still set aside, the other is not.
        try await journal.append([Happening(.customerSplit, at: 6, of: "member:1", ["member:2"])], now: 6)
        try await fold(Snare.self, journal, [.success])
        #expect(try journal.ask(Snare.self).answer.setAside == 1)
        #expect(try journal.check(Snare.self) == [])
    }

    @Test func `so is a wake-up that fired before`() async throws {
        let journal = try await Journal()
        try await journal.append(
            [Happening(.chatStarted, at: 1, of: 1), Happening(.pageViewed, at: 2, of: 2)], now: 2)
        try await journal.append([Happening(.pageViewed, at: 20, of: 3)], now: 20)
        try journal.fold([Snare.self])
        try await journal.append([merge(2, at: 21)], now: 21)
        try await fold(Snare.self, journal, [.failure, .failure, .success])
        try check(Snare.self, journal, generations: [1, 2])
    }

    @Test func `a late event is to blame for what its fold again meets`() async throws {
        let journal = try await Journal()
        try await journal.append(
            [Happening(.pageViewed, at: 2, of: 1), Happening(.complaintRaised, at: 3, of: 1)], now: 3)
        try journal.fold([Snare.self])
        try await journal.append([Happening(.pageViewed, at: 1, of: 1)], now: 4)
        try await fold(Snare.self, journal, [.failure, .failure, .success])
        try check(Snare.self, journal, generations: [1])
    }

    @Test func `a wake-up that a decision fires in a ledger is skipped`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.chatStarted, at: 1, of: 1), Happening(.pageViewed, at: 1, of: 2)], now: 1)
        try await journal.append([merge(2, at: 2), Happening(.pageViewed, at: 2, of: 3)], now: 2)
        try journal.fold([Pitfall.self])
        try await journal.append([merge(3, at: 20)], now: 20)
        try await fold(Pitfall.self, journal, [.failure, .failure, .success])
        try check(Pitfall.self, journal, generations: [1])
    }

    @Test func `so is one that had failed and that a merge fires again`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.chatStarted, at: 1, of: 1), Happening(.pageViewed, at: 1, of: 2)], now: 1)
        try await journal.append([Happening(.pageViewed, at: 20, of: 3)], now: 20)
        try journal.fold([Pitfall.self])
        try await journal.append([merge(2, at: 21)], now: 21)
        try await fold(Pitfall.self, journal, [.failure, .failure, .success])
        try check(Pitfall.self, journal, generations: [1, 2])
    }

    @Test(arguments: [EventType.pageViewed, .chatStarted])
    func `a void whose reverse traps is skipped, and no wake-up before it`(type: EventType) async throws {
        let journal = try await Journal()
        try await journal.append([Happening(type, at: 1)], now: 1)
        try journal.fold([Pitfall.self])
        try await journal.append([Happening(voiding: 2, at: 20)], now: 20)
        try await fold(Pitfall.self, journal, [.failure, .failure, .success])
        try check(Pitfall.self, journal, generations: [1])
    }
}
