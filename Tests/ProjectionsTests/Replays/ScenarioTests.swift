import EventLog
import Foundation
import Policies
import Testing
import Touchpoints

@testable import Projections

/// Replays under another policy, over random worlds and views of every kind.
@Suite struct ScenarioTests {
    private static let catalogue = AxesTests.catalogue

    private func supposed(from position: Position) throws -> ActivePolicy {
        ActivePolicy(policy: try Policy(yaml: "journey: {sessionGap: 13h}"), zone: .utc, position: position)
    }

    /// A log, of which the views are folded, and a scenario of it.
    private func world(_ seed: Int) async throws -> (Journal, Scenario) {
        let world = seed % 3 == 0 ? World(seed: seed) : World(decidingWith: seed)
        let journal = try await world.journal(through: Position(.max))
        try journal.fold(Self.catalogue.projectors)
        var dice = SplitMix(seed: -seed)
        let position = Position(UInt64(dice.number(1...Int(journal.log.head.rawValue))))
        func some() -> Position {
            dice.once(in: 3) ? Position(1) : Position(UInt64(dice.number(1...Int(position.rawValue))))
        }
        let policy = try dice.once(in: 4) ? nil : supposed(from: some())
        return (journal, try Scenario(from: some(), position: position, policy: policy))
    }

    @Test(.serialized, arguments: seeds(12)) func `a scenario is the canonical fold under its policies`(_ seed: Int)
        async throws
    {
        let (journal, scenario) = try await world(seed)
        let path = journal.scratch.path + "/views"
        for kept in [nil, path, path] as [String?] {
            let answers = try ViewAnswers(
                folder: journal.folder, catalogue: Self.catalogue, scenario: scenario, keptAt: kept)
            func compare<P: Projector>(_: P.Type) throws {
                let standpoint = try answers.standpoint(scenario.position)
                let expected = try Picture(
                    folding: P.self, journal, from: scenario.first, through: scenario.position, under: scenario.policy)
                let view = try answers.wholeView(P.self, at: standpoint)
                let place =
                    "\(P.name) at \(standpoint), under \(String(describing: scenario.policy?.position)), seed \(seed)"
                #expect(try Picture(of: view.fold) == expected, "\(place)")
                for number in 1...max(1, journal.log.strandCount) where journal.log.strandCount > 0 {
                    let customer = CustomerNumber(rawValue: UInt32(number))
                    let alone: OpenView<P> = try answers.oneCustomer(P.self, customer, at: standpoint)
                    #expect(
                        try Picture(of: alone).states[customer.rawValue] == expected.states[customer.rawValue],
                        "\(place), \(customer)")
                }
            }
            for projector in Self.catalogue.projectors { try compare(projector) }
        }
    }

    @Test(.serialized, arguments: seeds(6)) func `one that is interrupted is gone on with, and ends the same`(
        _ seed: Int
    ) async throws {
        let (journal, scenario) = try await world(seed)
        func answers(_ name: String) throws -> ViewAnswers {
            var tuning = FoldTuning()
            tuning.batchSize = 4
            return try ViewAnswers(
                folder: journal.folder, catalogue: Self.catalogue, scenario: scenario,
                keptAt: journal.scratch.path + name, tuning: tuning)
        }
        func begin<P: Projector>(_: P.Type, _ answers: ViewAnswers) throws {
            let standpoint = try answers.standpoint(scenario.position)
            let shelf = ReplayShelf(of: P.self, in: journal.scratch.path + "/begun")
            let workplace = try ReplayShelf.Workplace(in: shelf, goingOnWith: standpoint, P.self)
            let begun = try Generation<P>(
                replayingAt: workplace.path, log: answers.log,
                policies: answers.policies(of: P.self, at: scenario.position),
                standpoint: standpoint, traps: TrapList(), tuning: answers.tuning)
            _ = try begun.foldBatch(through: scenario.position)
            try begun.save()
            begun.close()
        }
        for projector in Self.catalogue.projectors {
            let expected = try answers("/whole").makeReplay(of: projector.name)
            let goingOn = try answers("/begun")
            try begin(projector, goingOn)
            var first: Position?
            goingOn.replaying = { _, at, _ in first = first ?? at }
            #expect(try goingOn.makeReplay(of: projector.name) == expected, "\(projector.name), seed \(seed)")
            let second = Position(scenario.first.rawValue + 4)
            #expect((first ?? scenario.position) >= min(second, scenario.position), "\(projector.name), seed \(seed)")
            #expect(try goingOn.makeReplay(of: projector.name) == expected)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: journal.scratch.path + "/begun/" + projector.name)
            #expect(names == ["\(scenario.position)-clock-\(projector.version)"])
        }
    }

    @Test func `what an interrupted one left damaged is made from the start`() async throws {
        let (journal, scenario) = try await world(1)
        let answers = try ViewAnswers(
            folder: journal.folder, catalogue: Self.catalogue, scenario: scenario,
            keptAt: journal.scratch.path + "/views")
        let begun = journal.scratch.path + "/views/steps/.begun-\(scenario.position)-clock-1"
        try FileManager.default.createDirectory(atPath: begun, withIntermediateDirectories: true)
        try Data(repeating: 7, count: 8_192).write(to: URL(filePath: begun + "/data.mdb"))
        _ = try answers.makeReplay(of: "steps")
        let whole = try answers.wholeView(Steps.self, at: answers.standpoint(scenario.position)).fold
        let expected = try Picture(
            folding: Steps.self, journal, from: scenario.first, through: scenario.position, under: scenario.policy)
        #expect(try Picture(of: whole) == expected)
    }

    @Test func `a policy that comes behind the end is refused`() throws {
        #expect(throws: QueryError.self) {
            try Scenario(position: Position(4), policy: self.supposed(from: Position(5)))
        }
    }

    @Test func `nothing behind the end is answered, and the log may grow`() async throws {
        let journal = try await Journal()
        for hour in 1...4 { try await journal.append([Happening(.pageViewed, at: hour)], now: hour) }
        let answers = try ViewAnswers(
            folder: journal.folder, catalogue: Self.catalogue, scenario: Scenario(position: Position(3)), keptAt: nil)
        try await journal.append([Happening(.pageViewed, at: 5)], now: 5)
        #expect(try answers.refresh() == Position(3))
        var question = Question(view: "gapped", part: "hours")
        var rows: [Row] = []
        let answer = try answers.answer(question) { rows.append($0) }
        #expect(rows == [[.integer(0)]] && answer.position == Position(3))
        question.asKnown = Position(4)
        #expect(throws: QueryError.self) { try answers.answer(question) { _ in } }
    }
}
