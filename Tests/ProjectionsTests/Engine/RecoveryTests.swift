import EventLog
import Foundation
import Testing
import Touchpoints

@testable import Projections

/// What happens after a process ended while it folded, as the note says that it left.
struct RecoveryTests {
    /// Three customers with two events each; the view is saved behind the first three.
    private func journal<P: Projector>(_ projector: P.Type) async throws -> Journal {
        let journal = try await Journal()
        try await journal.append((1...3).map { Happening(.pageViewed, at: $0, of: $0) }, now: 3)
        try journal.fold([P.self])
        try await journal.append((1...3).map { Happening(.orderPaid, at: 100 + $0, of: $0) }, now: 104)
        return journal
    }

    /// Leaves the note of a process that ended in the middle of a batch.
    private func leave<P: Projector>(
        _: P.Type, _ journal: Journal, _ range: ClosedRange<UInt64>, cautiously: Bool = true,
        _ step: (FoldingMarker) -> Void = { _ in }
    ) throws {
        let path = journal.views(of: P.self).path(of: 1) + "/folding"
        let marker = try FoldingMarker(path: path)
        marker.noteBatch(Position(range.lowerBound)...Position(range.upperBound), cautiously: cautiously)
        step(marker)
    }

    @Test func `the customer of the event that ended the process is set aside, the others are not`() async throws {
        let journal = try await journal(Brittle.self)
        try leave(Brittle.self, journal, 6...6) { $0.noteEvent(Position(6)) }
        try journal.fold([Brittle.self], isAccused: true)
        let (rows, answer) = try journal.ask(Brittle.self)
        #expect(rows.map { $0[0] } == [.text("member:1"), .text("member:3")])
        #expect(answer.setAside == 1)
        #expect(try journal.check(Brittle.self) == [])
    }

    @Test func `nobody is set aside when nothing is accused`() async throws {
        let journal = try await journal(Brittle.self)
        try leave(Brittle.self, journal, 6...6) { $0.noteEvent(Position(6)) }
        try journal.fold([Brittle.self])
        #expect(try journal.ask(Brittle.self).answer.setAside == 0)
        #expect(try journal.check(Brittle.self) == [])
    }

    @Test func `a note of a whole batch accuses nothing`() async throws {
        let journal = try await journal(Brittle.self)
        try leave(Brittle.self, journal, 5...7, cautiously: false) { $0.noteEvent(Position(6)) }
        try journal.fold([Brittle.self], isAccused: true)
        #expect(try journal.ask(Brittle.self).answer.setAside == 0)
    }

    @Test func `a batch that was noted is folded as one where the process was killed`() async throws {
        let journal = try await journal(Brittle.self)
        try leave(Brittle.self, journal, 5...6) { $0.noteEvent(Position(6)) }
        let generation = try journal.generation(Brittle.self, 1)
        defer { generation.close() }
        #expect(try FoldingMarker(path: journal.views(of: Brittle.self).path(of: 1) + "/folding").found == nil)
        #expect(try !generation.foldBatch(through: Position(7)))
        #expect(generation.fold.checkpoint == Position(7))
    }

    @Test func `a batch that was noted is folded event by event where it has trapped`() async throws {
        let journal = try await journal(Brittle.self)
        try leave(Brittle.self, journal, 5...6, cautiously: false)
        let generation = try journal.generation(Brittle.self, 1, isAccused: true)
        defer { generation.close() }
        #expect(try generation.foldBatch(through: Position(7)))
        #expect(generation.fold.checkpoint == Position(5))
        #expect(try generation.foldBatch(through: Position(7)))
        #expect(try !generation.foldBatch(through: Position(7)))
        #expect(generation.fold.checkpoint == Position(7))
    }

    @Test(arguments: [
        FoldingMarker.Note(from: 6, through: 5, event: 6), FoldingMarker.Note(from: 5, through: 8, event: 6),
        FoldingMarker.Note(from: .max, through: .max, event: .max), FoldingMarker.Note(from: 6, through: 6, event: 7),
        FoldingMarker.Note(from: 6, through: 6, event: 6, wakingCustomer: 4),
        FoldingMarker.Note(from: 6, through: 6, event: 6, wakingCustomer: .max, wakingDue: .max),
    ])
    func `a note that makes no sense is ignored`(note: FoldingMarker.Note) async throws {
        let journal = try await journal(Brittle.self)
        let path = journal.views(of: Brittle.self).path(of: 1) + "/folding"
        try withUnsafeBytes(of: note) { Data($0) }.write(to: URL(filePath: path))
        #expect(try #require(try FoldingMarker(path: path).found) == note)
        try journal.fold([Brittle.self], isAccused: true)
        #expect(try journal.ask(Brittle.self).answer.setAside == 0)
        #expect(try journal.check(Brittle.self) == [])
    }

    @Test func `what stands before a noted batch is folded as one`() async throws {
        let journal = try await journal(Brittle.self)
        try leave(Brittle.self, journal, 7...7)
        let generation = try journal.generation(Brittle.self, 1, isAccused: true)
        defer { generation.close() }
        #expect(try generation.foldBatch(through: Position(7)))
        #expect(generation.fold.checkpoint == Position(6))
        #expect(try !generation.foldBatch(through: Position(7)))
    }

    @Test func `a wake-up that ended the process is skipped`() async throws {
        let journal = try await journal(Lapse.self)
        // Customer 2 was seen at hour 2: its first stage lapses at hour 50, behind the checkpoint's clock.
        let due = Timestamp(hour: 50)
        try leave(Lapse.self, journal, 6...6) {
            $0.noteEvent(Position(6))
            $0.noteWake(of: CustomerNumber(rawValue: 2), due: due)
        }
        try journal.fold([Lapse.self], isAccused: true)
        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([Lapse.self]))
        _ = try engine.catchUp()
        #expect(engine.setAsideCounts == ["lapse": 1])
        try engine.close()
        #expect(try journal.check(Lapse.self) == [])
    }

    @Test func `an event is accused where the wake-up was fired before in another state`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 1)], now: 100)
        try journal.fold([Lapse.self])
        try await journal.append([Happening(.chatStarted, at: 0)], now: 101)
        // The late chat changes nothing about the wake-up at hour 49, whose emission is in the totals.
        try leave(Lapse.self, journal, 3...3) {
            $0.noteEvent(Position(3))
            $0.noteWake(of: CustomerNumber(rawValue: 1), due: Timestamp(hour: 49))
        }
        try journal.fold([Lapse.self], isAccused: true)
        #expect(try journal.check(Lapse.self) == [])
        // A new fold of everything knows the same.
        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([Lapse.self]))
        _ = try engine.catchUp()
        #expect(engine.setAsideCounts == ["lapse": 1])
        #expect(try engine.rebuild(["lapse"]) { _, _, _ in }.map(\.comparison) == [.same])
        try engine.close()
    }

    @Test func `an event without a subject that ended the process is skipped`() async throws {
        let journal = try await journal(Trail.self)
        try await journal.append(
            [Happening(.pageViewed, at: 105, of: 0), Happening(.chatStarted, at: 105, of: 0)], now: 105)
        try leave(Trail.self, journal, 8...8) { $0.noteEvent(Position(8)) }
        try journal.fold([Trail.self], isAccused: true)
        let generation = try journal.generation(Trail.self, 1)
        #expect(generation.fold.cells.total(of: Cell(5, UInt64(EventType.pageViewed.rawValue))) == 0)
        #expect(generation.fold.cells.total(of: Cell(5, UInt64(EventType.chatStarted.rawValue))) == 1)
        generation.close()
        #expect(try journal.check(Trail.self) == [])
    }

    @Test func `a first build that ended the process keeps its note`() async throws {
        let journal = try await Journal()
        try await journal.append((1...3).map { Happening(.pageViewed, at: $0, of: $0) }, now: 3)
        // Made, but never saved: the process ended in its first batch.
        try journal.generation(Trail.self, 1).close()
        try leave(Trail.self, journal, 3...3) { $0.noteEvent(Position(3)) }
        try journal.fold([Trail.self], isAccused: true)
        #expect(try journal.ask(Trail.self).answer.setAside == 1)
        #expect(try journal.check(Trail.self) == [])
    }

    @Test func `an answer about the past skips what once ended the process`() async throws {
        let journal = try await journal(Trail.self)
        try leave(Trail.self, journal, 6...6) { $0.noteEvent(Position(6)) }
        try journal.fold([Trail.self], isAccused: true)
        #expect(try journal.ask(Trail.self, asOf: Timestamp(hour: 104)).answer.setAside == 1)
    }
}
