import EventLog
import Policies
import Testing
import Touchpoints

@testable import Projections

/// Effects fire once for their rule and cause, and only for what happened lately (rule 39).
@Suite(.serialized) struct OutboxTests {
    /// The rows of the outbox as `rule hour member payload`, in its order.
    private func rows(
        _ journal: Journal, _ projector: any Projector.Type = Beacon.self, customer: String? = nil
    ) throws -> [String] {
        var question = Question(view: "beacon", part: "outbox")
        question.customer = customer
        var rows: [String] = []
        let answers = try ViewAnswers(folder: journal.folder, catalogue: Catalogue([projector]))
        try answers.answer(question) { row in
            guard case .text(let rule) = row[0], case .time(let time) = row[1], case .text(let name) = row[3],
                case .text(let payload) = row[4]
            else { return }
            let hour = (time - Timestamp(hour: 0)).microseconds / 3_600_000_000
            rows.append("\(rule) \(hour) \(name) \(payload)")
        }
        return rows
    }

    @Test func `an event and a wake-up each fire once, and their rows can be read`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 5), Happening(.orderPaid, at: 6, of: 2)], now: 6)
        try journal.fold([Beacon.self])
        try await journal.append([Happening(.clockTicked, at: 60, of: 0)], now: 60)
        try journal.fold([Beacon.self])
        let type = (EventType.pageViewed.rawValue, EventType.orderPaid.rawValue)
        #expect(
            try rows(journal) == [
                #"seen 5 member:1 {"count":1,"type":"\#(type.0)"}"#,
                #"seen 6 member:2 {"count":1,"type":"\#(type.1)"}"#, "lapsed 53 member:1 {}", "lapsed 54 member:2 {}",
            ])
        #expect(try rows(journal, customer: "member:2").count == 2)
        var written: [Row] = []
        try ViewAnswers(folder: journal.folder, catalogue: Catalogue([Beacon.self]))
            .answer(Question(view: "beacon", part: "outbox")) { written.append([$0[2], $0[5], $0[6]]) }
        #expect(written.first == [.integer(2), .integer(3), .time(Timestamp(hour: 6))])
        #expect(written.last == [.null, .integer(4), .time(Timestamp(hour: 60))])
    }

    @Test func `what was to be told is not answered for the past`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 5), Happening(.orderPaid, at: 6, of: 2)], now: 6)
        try journal.fold([Beacon.self])
        let answers = try ViewAnswers(folder: journal.folder, catalogue: Catalogue([Beacon.self]))
        for position in 1...journal.log.head.rawValue {
            var question = Question(view: "beacon", part: "outbox")
            question.asKnown = Position(position)
            #expect(throws: QueryError.self) { try answers.answer(question) { _ in } }
            question.asOf = Timestamp(hour: 5)
            #expect(throws: QueryError.self) { try answers.answer(question) { _ in } }
        }
    }

    @Test func `a view without effects has no outbox`() throws {
        #expect(
            Catalogue([Beacon.self]).parts.map(\.name) == [
                "customers", "explanation", "behind", "outbox", "corrections",
            ])
        #expect(!Catalogue([Trail.self]).parts.contains { $0.name == "outbox" })
    }

    @Test func `what is older than the policy says, or imported as history, fires nothing`() async throws {
        let journal = try await Journal(policy: "effects: {maxAge: 72h}")
        let now = 200
        try await journal.append(
            [Happening(.pageViewed, at: now - 72), Happening(.pageViewed, at: now - 71, of: 2)], now: now)
        var options = AppendOptions()
        options.backfill = true
        try await journal.append([Happening(.pageViewed, at: now, of: 3)], now: now, options)
        try journal.fold([Beacon.self])
        #expect(
            try rows(journal).map { $0.prefix { $0 != "{" } } == [
                "seen 129 member:2 ", "lapsed 176 member:1 ", "lapsed 177 member:2 ",
            ])

        // Another policy: only what the view's steps ask for from now on.
        try await journal.append([Happening(policy: "effects: {maxAge: 400h}", at: now)], now: now)
        try await journal.append([Happening(.pageViewed, at: now - 150, of: 4)], now: now)
        try journal.fold([Beacon.self])
        #expect(try rows(journal).first?.hasPrefix("seen 50 member:4 ") == true)
    }

    @Test func `a late event fires for itself, and what was fired before stays as it was`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 10), Happening(.orderPaid, at: 20)], now: 20)
        try journal.fold([Beacon.self])
        let before = try rows(journal)
        try await journal.append([Happening(.chatStarted, at: 15)], now: 21)
        try journal.fold([Beacon.self])
        let after = try rows(journal)
        #expect(
            after.filter { !before.contains($0) } == [
                #"seen 15 member:1 {"count":2,"type":"\#(EventType.chatStarted.rawValue)"}"#
            ])
        #expect(before.allSatisfy(after.contains))
        #expect(after.count == 3)
    }

    @Test func `a step that fails fires nothing, nor does a customer that is set aside`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 10), Happening(.complaintRaised, at: 20)], now: 20)
        try await journal.append([Happening(.complaintRaised, at: 20, of: 2), Happening(.pageViewed, at: 21)], now: 21)
        try journal.fold([Beacon.self])
        #expect(try rows(journal) == [])
    }

    @Test func `a new generation takes the rows over, and fires only for what the old one had not reached`()
        async throws
    {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 10)], now: 10)
        try await journal.append([Happening(.clockTicked, at: 60, of: 0)], now: 60)
        try journal.fold([Beacon.self])
        let before = try rows(journal)
        #expect(before.count == 2)
        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([Beacon.self]))
        _ = try engine.catchUp()
        #expect(try engine.rebuild(["beacon"]) { _, _, _ in }.map(\.comparison) == [.same])
        try engine.close()
        #expect(journal.views(of: Beacon.self).current() == 2)
        #expect(try rows(journal) == before)

        try await journal.append([Happening(.pageViewed, at: 61)], now: 61)
        try journal.fold([BeaconTwice.self])
        let after = try rows(journal, BeaconTwice.self)
        #expect(
            after.filter { !before.contains($0) }.map { $0.prefix { $0 != "{" } } == [
                "seen 61 member:1 ", "seen-again 61 member:1 ",
            ])

        // A late event makes the new generation fold again what it was silent about.
        try await journal.append([Happening(.pageViewed, at: 9)], now: 62)
        try journal.fold([BeaconTwice.self])
        let late = try rows(journal, BeaconTwice.self).filter { !after.contains($0) }
        #expect(late.map { $0.prefix { $0 != "{" } } == ["seen 9 member:1 ", "seen-again 9 member:1 "])
    }

    @Test func `where the old generation cannot be read, nothing fires for what is in the log`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 10)], now: 10)
        try journal.fold([Beacon.self])
        let views = journal.views(of: Beacon.self)
        try FileTools.write("?", to: views.path(of: 1) + "/data.mdb")
        try journal.fold([Beacon.self])
        #expect(try rows(journal) == [])
        try await journal.append([Happening(.pageViewed, at: 11)], now: 11)
        try journal.fold([Beacon.self])
        #expect(try rows(journal).count == 1)
    }

    @Test(.serialized, arguments: seeds(15))
    func `kills, restarts and rebuilds fire everything, and nothing twice`(seed: Int) async throws {
        var random = SplitMix(seed: seed)
        let journal = try await Journal(policy: "effects: {maxAge: 30d}")
        var options = AppendOptions()
        options.recordedTime = .occurred
        var tuning = FoldTuning()
        tuning.wakeUpLimit = random.number(1...3)
        tuning.batchSize = UInt64(random.number(1...6))
        var expected: Set<String> = []
        var last: [Int: Int] = [:]
        var known: [String] = []
        var hour = 0
        func lapse(by end: Int) {
            for (customer, seen) in last where seen + 48 <= end {
                expected.insert("lapsed \(seen + 48) member:\(customer) ")
                last[customer] = nil
            }
        }
        for _ in 0..<12 {
            var happenings: [Happening] = []
            for _ in 0..<random.number(1...6) {
                hour += random.pick([0, 1, 5, 24])
                lapse(by: hour)
                let customer = random.number(1...5)
                happenings.append(Happening(.pageViewed, at: hour, sequence: 0, of: customer))
                last[customer] = hour
                expected.insert("seen \(hour) member:\(customer) ")
            }
            try await journal.append(happenings, now: hour, options)
            if let current = journal.views(of: Beacon.self).current(), random.once(in: 2) {
                // Ends somewhere: what was written back by then is there.
                let killed = try journal.generation(Beacon.self, current)
                killed.tuning = tuning
                for _ in 0..<random.number(1...6) where try killed.foldBatch(through: journal.log.head) {
                    if random.once(in: 3) { try killed.save() }
                }
                killed.close()
            }
            let engine = try FoldEngine(
                folder: journal.folder, catalogue: Catalogue([Beacon.self]), saveInterval: .zero, tuning: tuning)
            _ = try engine.catchUp()
            if random.once(in: 4) { _ = try engine.rebuild(["beacon"]) { _, _, _ in } }
            try engine.close()
            let now = try rows(journal)
            #expect(Set(now).isSuperset(of: known), "what was fired stays as it was")
            known = now
        }
        let keys = known.map { String($0.prefix { $0 != "{" }) }
        #expect(Set(keys) == expected)
    }

    @Test func `a merge fires nothing again that either customer had fired`() throws {
        var stored: Set<[UInt8]> = []
        var outbox = Outbox(silence: .init(), isStored: { stored.contains($0) })
        let active = ActivePolicy(policy: .default, zone: .utc, position: Position(1))
        let due = Timestamp(hour: 48)
        func wake(_ strand: UInt32, _ identity: Identity) throws -> Int {
            var sink = Sink()
            sink.effect(Rule("lapsed"), [:])
            sink.sealEffects(.init(time: due, position: .start, strand: StrandNumber(rawValue: strand)))
            try outbox.take(sink.effects, under: active, clock: due, identity: identity, written: (Position(9), due))
            let rows = outbox.takeRows()
            stored.formUnion(rows.map(\.key))
            return rows.count
        }
        #expect(try wake(7, Identity()) == 1)
        #expect(try wake(7, Identity()) == 0)
        var merged = Identity()
        let strands = (StrandNumber(rawValue: 3), StrandNumber(rawValue: 7))
        merged.apply(Decision(position: Position(5), act: .merge(strands.0, strands.1)))
        #expect(try wake(3, merged) == 0, "the union, whose number is 3, lapses with 7's last event")
        #expect(try wake(7, merged) == 0)
        #expect(try wake(4, merged) == 1)
    }
}
