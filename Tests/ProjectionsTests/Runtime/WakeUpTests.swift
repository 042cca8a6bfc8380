import EventLog
import Foundation
import Testing
import Touchpoints

@testable import Projections

/// Wake-ups in bounded batches (rule 6).
@Suite(.serialized) struct WakeUpTests {
    @Test(.serialized, arguments: seeds(40))
    func `few wake-ups at a time give the same bits, whatever is saved and opened again in the middle`(
        seed: Int
    ) async throws {
        let journal = try await World(seed: seed).journal()
        try check(Lapse.self, journal, seed)
        try check(Trail.self, journal, seed)
        try check(Brittle.self, journal, seed)
        try check(Lots.self, journal, seed)
    }

    private func check<P: Projector>(_: P.Type, _ journal: Journal, _ seed: Int) throws {
        var random = SplitMix(seed: seed)
        let log = journal.log
        let last = try journal.policies(through: log.head)
        let policies = P.order == .recorded ? last : last.suffix(1)
        let views = ViewFolder(path: journal.scratch.path + "/views/" + P.name)
        func open() throws -> Generation<P> {
            let generation = try Generation<P>(folder: views, number: 1, log: log, policies: policies, isAccused: false)
            generation.tuning.wakeUpLimit = random.number(1...3)
            generation.tuning.snapshotSpacing = 4
            return generation
        }
        /// What somebody sees who reads what was written back; the snapshot ends with the function.
        func read() throws -> (Position, Picture) {
            let reader = try Generation<P>(readingAt: views.path(of: 1), number: 1, log: log, policies: policies)
            defer { reader.close() }
            try reader.fold.fold(through: reader.fold.checkpoint)
            return (reader.fold.checkpoint, try Picture(of: reader.fold))
        }
        var generation = try open()
        var target = min(log.head, Position(UInt64(random.number(1...9))))
        while generation.fold.checkpoint < log.head || generation.fold.remaining != .nothing {
            let more = try generation.foldBatch(through: target)
            if generation.fold.remaining == .nothing {
                let expected = try Picture(folding: P.self, journal, through: generation.fold.checkpoint)
                let found = try Picture(of: generation.fold)
                #expect(found == expected, "\(P.name) at \(generation.fold.checkpoint)")
            } else {
                #expect(more, "\(P.name) at \(generation.fold.checkpoint)")
            }
            if !more { target = min(log.head, Position(target.rawValue + UInt64(random.number(1...9)))) }
            guard random.once(in: 2) else { continue }
            try generation.save()
            // What was folded since is lost, as by a kill.
            if random.once(in: 2) { _ = try generation.foldBatch(through: target) }
            generation.close()
            let (position, found) = try read()
            let expected = try Picture(folding: P.self, journal, through: position)
            #expect(found == expected, "\(P.name), read at \(position)")
            generation = try open()
        }
        let digest = try generation.digest()
        generation.close()
        let whole = try Generation<P>(readingAt: nil, number: 0, log: log, policies: policies)
        try whole.fold.fold(through: log.head)
        #expect(try whole.digest() == digest, "\(P.name) folded at once")
    }

    /// Customers 1...500, seen once in their order, an hour apart; each lapses 48, 72 and 144 hours after.
    private func crowd() async throws -> Journal {
        let journal = try await Journal()
        try await journal.append((1...500).map { Happening(.pageViewed, at: $0, of: $0) }, now: 500)
        return journal
    }

    @Test func `a call fires so many at most, and the engine goes on until all have fired`() async throws {
        let journal = try await crowd()
        try journal.fold([Lapse.self])
        try await journal.append([Happening(.clockTicked, at: 2_000, of: 0)], now: 2_000)
        let generation = try journal.generation(Lapse.self, 1)
        generation.tuning.wakeUpLimit = 100
        let due = remaining(in: generation)
        var calls = 0
        while try generation.foldBatch(through: journal.log.head) {
            calls += 1
            #expect(remaining(in: generation) == due - 100 * calls)
        }
        #expect(calls == (due - 1) / 100)
        #expect(generation.fold.wokenThrough == Timestamp(hour: 2_000))
        generation.close()
    }

    /// The wake-ups that are still to come.
    private func remaining(in generation: Generation<Lapse>) -> Int {
        generation.fold.table.pages.indices.reduce(0) { sum, number in
            let slots = try! generation.fold.table.page(number).slots
            return sum + slots.reduce(0) { $0 + ($1.isPresent ? 4 - Int($1.state.stage) : 0) }
        }
    }

    @Test func `pages of customers for whom nothing is due are not loaded`() async throws {
        let journal = try await crowd()
        try journal.fold([Lapse.self])
        // The stages of the first 128 customers or so end, the last page's do not.
        try await journal.append([Happening(.clockTicked, at: 501, of: 0)], now: 501)
        let generation = try journal.generation(Lapse.self, 1)
        defer { generation.close() }
        #expect(try !generation.foldBatch(through: journal.log.head))
        let due = generation.fold.table.pages.map { $0 != nil }
        #expect(due == [false, false, true, true])
    }

    @Test func `a trap among the wake-ups is found, also where the events before were written back`() async throws {
        let journal = try await crowd()
        try journal.fold([Lapse.self])
        try await journal.append([Happening(.clockTicked, at: 2_000, of: 0)], now: 2_000)
        let half = try journal.generation(Lapse.self, 1)
        half.tuning.wakeUpLimit = 10
        #expect(try half.foldBatch(through: journal.log.head))
        try half.save()
        #expect(try half.foldBatch(through: journal.log.head))
        half.close()
        // A later one ended the process: first by a note of the batch, then by one of the wake-up.
        let path = journal.views(of: Lapse.self).path(of: 1) + "/folding"
        let head = journal.log.head
        let marker = try FoldingMarker(path: path)
        marker.noteBatch(head...head, cautiously: true)
        let again = try journal.generation(Lapse.self, 1)
        #expect(again.fold.checkpoint == head)
        #expect(again.fold.remaining == .wakeUps)
        again.close()
        let customer = CustomerNumber(rawValue: 500)
        marker.noteBatch(head...head, cautiously: true)
        marker.noteWake(of: customer, due: Timestamp(hour: 500 + 48))
        try journal.fold([Lapse.self], isAccused: true)
        let found = try journal.generation(Lapse.self, 1)
        #expect(found.fold.setAside.keys.sorted() == [customer])
        found.close()
        #expect(try journal.check(Lapse.self) == [])
    }

    @Test func `the engine tells when the next wake-up of any view is due`() async throws {
        let journal = try await Journal()
        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([Trail.self, Lapse.self]))
        #expect(try engine.earliestWakeUp() == nil)
        try await journal.append([Happening(.pageViewed, at: 1), Happening(.pageViewed, at: 9, of: 300)], now: 10)
        _ = try engine.catchUp()
        var first = try #require(try engine.earliestWakeUp())
        while first <= Timestamp(hour: 49) {
            #expect(first > journal.log.clock)
            let hour = Int((first.rawValue - Timestamp(hour: 0).rawValue) / 3_600_000_000)
            try await journal.append([Happening(.clockTicked, at: hour, of: 0)], now: hour)
            _ = try engine.catchUp()
            first = try #require(try engine.earliestWakeUp())
        }
        // Of Lapse now: the other customer's first stage, or the second stage of the first.
        #expect(first == Timestamp(hour: 57))
        // A bound that a later event has made too early is not told.
        try await journal.append([Happening(.pageViewed, at: 50, of: 300)], now: 51)
        _ = try engine.catchUp()
        #expect(try engine.earliestWakeUp() == Timestamp(hour: 73))
        try engine.close()
    }
}
