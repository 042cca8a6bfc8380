import EventLog
import Testing
import Touchpoints

@testable import Projections

/// Both axes over random worlds, for views of every kind.
@Suite struct AxesTests {
    static let catalogue = Catalogue([
        Brittle.self, Gapped.self, Lapse.self, Lots.self, Steps.self, Tally.self, Trail.self,
    ])

    @Test(.serialized, arguments: seeds(12)) func `what was known at a position is what a log says that ends there`(
        _ seed: Int
    ) async throws {
        let (world, journal, random) = try await self.world(seed)
        var dice = random
        for _ in 0..<3 {
            let position = Position(UInt64(dice.number(1...Int(journal.log.head.rawValue))))
            let cut = try await world.journal(through: position)
            for question in try questions(of: cut.log) {
                var asked = question
                asked.asKnown = position
                let then = try cut.ask(question, Self.catalogue)
                let known = try journal.ask(asked, Self.catalogue)
                #expect(known.rows == then.rows, "\(asked) at \(position), seed \(seed)")
                // An answer about one customer counts nobody else.
                guard question.customer == nil else { continue }
                #expect(known.answer == then.answer, "\(asked) at \(position), seed \(seed)")
            }
        }
    }

    @Test(.serialized, arguments: seeds(12)) func `both axes give the canonical fold of what is left`(_ seed: Int)
        async throws
    {
        let (_, journal, random) = try await self.world(seed, isDecided: false)
        var dice = random
        for _ in 0..<4 {
            let position = Position(UInt64(dice.number(1...Int(journal.log.head.rawValue))))
            let clock = try journal.log.recordedTime(at: position)
            let time = min(clock, Timestamp(hour: dice.number(0...1500)))
            for projector in Self.catalogue.projectors {
                try compare(projector, journal, at: position, asOf: time, "seed \(seed)")
            }
        }
    }

    private func compare<P: Projector>(
        _: P.Type, _ journal: Journal, at position: Position, asOf time: Timestamp, _ place: String
    ) throws {
        let answers = try ViewAnswers(folder: journal.folder, catalogue: Self.catalogue)
        let standpoint = try answers.standpoint(position, time)
        let expected = try Picture(folding: P.self, journal, through: position, cut: time)
        let made = try answers.wholeView(P.self, at: standpoint)
        #expect(try Picture(of: made.fold) == expected, "\(P.name) \(standpoint) \(place)")
        // The second time a kept one answers.
        let kept = try answers.wholeView(P.self, at: standpoint)
        #expect(try Picture(of: kept.fold) == expected, "\(P.name) \(standpoint) \(place), kept")
        #expect(kept.fold.setAside == made.fold.setAside)
        for number in 1...max(1, journal.log.strandCount) where journal.log.strandCount > 0 {
            let customer = CustomerNumber(rawValue: UInt32(number))
            let alone: OpenView<P> = try answers.oneCustomer(P.self, customer, at: standpoint)
            let picture = try Picture(of: alone)
            #expect(picture.states[customer.rawValue] == expected.states[customer.rawValue], "\(P.name) \(place)")
            #expect(picture.setAside == expected.setAside.intersection([customer.rawValue]), "\(P.name) \(place)")
        }
    }

    @Test(.serialized, arguments: seeds(12)) func `one customer's answer is that customer's part of the whole`(
        _ seed: Int
    ) async throws {
        let (_, journal, random) = try await self.world(seed)
        var dice = random
        let answers = try ViewAnswers(folder: journal.folder, catalogue: Self.catalogue)
        func compare<P: Projector>(_: P.Type, _ standpoint: Standpoint) throws {
            let whole = try answers.wholeView(P.self, at: standpoint).fold
            let picture = try Picture(of: whole)
            for number in 1...journal.log.strandCount {
                let customer = CustomerNumber(rawValue: UInt32(number))
                guard !whole.identity.strands(of: customer).isEmpty else { continue }
                let alone: OpenView<P> = try answers.oneCustomer(P.self, customer, at: standpoint)
                let found = try Picture(of: alone)
                #expect(
                    found.states[customer.rawValue] == picture.states[customer.rawValue],
                    "\(P.name) \(customer) \(standpoint) seed \(seed)")
                #expect(alone.fold.setAside[customer] == whole.setAside[customer], "\(P.name) seed \(seed)")
            }
        }
        for _ in 0..<3 {
            let position = Position(UInt64(dice.number(1...Int(journal.log.head.rawValue))))
            let clock = try journal.log.recordedTime(at: position)
            let time = min(clock, Timestamp(hour: dice.number(0...1500)))
            for projector in Self.catalogue.projectors {
                try compare(projector, try answers.standpoint(position, dice.once(in: 2) ? nil : time))
            }
        }
    }

    @Test(.serialized, arguments: seeds(12)) func `changes bring the rows of a position to those of the head`(
        _ seed: Int
    ) async throws {
        let (_, journal, random) = try await self.world(seed)
        var dice = random
        for question in try questions(of: journal.log) {
            guard
                let part = Self.catalogue.parts.first(where: { $0.view == question.view && $0.name == question.part }),
                let key = part.key
            else { continue }
            var asked = question
            let position = Position(UInt64(dice.number(1...Int(journal.log.head.rawValue))))
            asked.changesSince = position
            let changes = try journal.ask(asked, Self.catalogue)
            asked.changesSince = nil
            asked.asKnown = position
            let before: [Row]
            do { before = try journal.ask(asked, Self.catalogue).rows } catch is QueryError { before = [] }
            var table = RowTable(key: key, of: part.columns, before)
            table.apply(changes.rows)
            // Under the policy of the head, also where the live view waits for its rebuild.
            asked.asKnown = journal.log.head
            let head = try journal.ask(asked, Self.catalogue)
            #expect(table == RowTable(key: key, of: part.columns, head.rows), "\(asked) since \(position) seed \(seed)")
            #expect(changes.answer.position == head.answer.position)
            asked.asKnown = nil
            asked.changesSince = head.answer.position
            #expect(try journal.ask(asked, Self.catalogue).rows == [], "\(asked) seed \(seed)")
        }
    }

    @Test(.serialized, arguments: seeds(12)) func `corrections are the difference of two answers`(_ seed: Int)
        async throws
    {
        let (_, journal, random) = try await self.world(seed)
        var dice = random
        let position = Position(UInt64(dice.number(1...Int(journal.log.head.rawValue))))
        for view in Self.catalogue.names {
            var question = Question(view: view, part: "corrections")
            question.options = ["since": "\(position.rawValue)"]
            let rows = try journal.ask(question, Self.catalogue).rows
            for part in Self.catalogue.parts where part.view == view && ["states", "totals"].contains(part.name) {
                var then = Question(view: view, part: part.name)
                then.asKnown = position
                var now = Question(view: view, part: part.name)
                now.asOf = try journal.log.recordedTime(at: position)
                let before = RowTable(key: part.key!, of: part.columns, try journal.ask(then, Self.catalogue).rows)
                let after = RowTable(key: part.key!, of: part.columns, try journal.ask(now, Self.catalogue).rows)
                let expected = before.differences(to: after)
                let found = rows.filter { $0[0] == .text(part.name) }.map { Array($0.dropFirst()) }
                #expect(Set(found) == Set(expected), "\(view)/\(part.name) since \(position) seed \(seed)")
                #expect(found.count == expected.count)
            }
        }
    }

    /// A world, its log with views that are folded up to somewhere, and dice.
    private func world(_ seed: Int, isDecided: Bool = true) async throws -> (World, Journal, SplitMix) {
        let world = isDecided && seed % 3 != 0 ? World(decidingWith: seed) : World(seed: seed)
        var dice = SplitMix(seed: -seed)
        let journal = try await world.journal(through: Position(UInt64(dice.number(1...20))))
        try journal.fold(Self.catalogue.projectors)
        try await world.write(to: journal)
        return (world, journal, dice)
    }

    /// Each part of each view, for everybody and where it can be for each customer.
    private func questions(of log: LogReader) throws -> [Question] {
        var questions: [Question] = []
        for part in Self.catalogue.parts where !["corrections", "behind"].contains(part.name) {
            let question = Question(view: part.view, part: part.name)
            let customer = part.options.first { $0.name == "customer" }
            if customer != .customer(required: true) { questions.append(question) }
            guard customer != nil else { continue }
            for number in 0..<log.strandCount {
                var asked = question
                asked.customer = try log.alias(of: StrandNumber(rawValue: UInt32(number + 1)))?.description
                questions.append(asked)
            }
        }
        return questions
    }
}
