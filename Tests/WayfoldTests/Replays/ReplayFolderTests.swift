import EventLog
import Foundation
import Projections
import Testing
import Touchpoints
import Views

@testable import Wayfold

/// Replays in folders of their own.
@Suite struct ReplayFolderTests {
    private let scratch: Scratch
    private var place: String { scratch.path + "/replay" }

    init() async throws {
        scratch = try Scratch()
        try await buy(1...4)
    }

    /// Orders of one euro each, an event each.
    private func buy(_ numbers: ClosedRange<Int>) async throws {
        let lines = numbers.map { number in
            Sample.event(
                "\(number)", type: "order.paid", subject: "member:\(1 + number % 2)",
                data: #"{"total":{"amount":"1.00","currency":"EUR"}}"#)
        }
        let (summary, _) = try await Importer.run(try scratch.file("orders.ndjson", lines.joined()), into: scratch.data)
        #expect(summary.new == numbers.count)
    }

    private func live() throws -> ViewAnswers {
        try ViewAnswers(folder: DataFolder(openingAt: scratch.data), catalogue: .standard)
    }

    private func balances(_ answers: ViewAnswers) throws -> [String] {
        var question = Question(view: "loyalty", part: "members")
        question.conditions = ["balance>0"]
        var rows: [String] = []
        try answers.answer(question) { rows.append("\($0[0].text!) \($0[1].text!)") }
        return rows
    }

    private let double = "loyalty: {earn: {pointsPerUnit: 2}, expiresAfterDays: null}"
    private let single = "loyalty: {expiresAfterDays: null}"

    @Test func `a replay answers as it was made, however the log goes on`() async throws {
        let job = try ReplayJob(of: live(), under: SupposedPolicy(yaml: double), into: place)
        let outcomes = try job.run(["loyalty"])
        #expect(outcomes.map(\.view) == ["loyalty"])
        try await buy(5...6)
        let replay = try #require(try ReplayFolder(openingAt: place))
        let answers = try replay.answers(.standard)
        #expect(try balances(answers) == ["member:2 4", "member:1 4"])
        #expect(replay.position == Position(5) && answers.head == Position(5))
        #expect(replay.policy == (try SupposedPolicy(yaml: double)))
        #expect(try scratch.names(in: "replay/views/loyalty") == ["5-clock-\(Loyalty.version)"])
        // What was not folded is when it is asked.
        var customers = 0
        try answers.answer(Question(view: "rfm")) { _ in customers += 1 }
        #expect(customers == 2)
        #expect(try scratch.names(in: "replay/views") == ["loyalty", "rfm"])
        var earlier = Question(view: "loyalty")
        earlier.asKnown = Position(2)
        try answers.answer(earlier) { #expect($0[1] == .integer(2)) }
        let page = try CustomerPage(answers, alias: "member:1")
        #expect(page.position == Position(5))
        #expect(try page.report().json.contains(#""loyalty":[{"balance":4,"#))
    }

    @Test func `a policy from a position on leaves what was booked before`() async throws {
        // The default policy's points of 2020 have expired, the other's never do.
        let expected = [
            1: ["member:2 4", "member:1 4"], 2: ["member:2 2", "member:1 4"], 3: ["member:2 2", "member:1 2"],
            4: ["member:1 2"], 5: [],
        ]
        for (position, rows) in expected {
            let policy = try SupposedPolicy(yaml: double, from: Position(UInt64(position)))
            let scenario = try Scenario(position: live().head, policy: policy.active)
            let answers = try ViewAnswers(
                folder: live().folder, catalogue: .standard, scenario: scenario, keptAt: nil)
            #expect(try balances(answers) == rows, "from \(position)")
        }
    }

    @Test func `one that ended early goes on to where it was to end, and a whole one goes nowhere else`() async throws {
        do {
            let job = try ReplayJob(of: live(), under: SupposedPolicy(yaml: single), into: place)
            #expect(job.position == Position(5))
            #expect(throws: ReplayError.self) {
                try ReplayJob(of: live(), under: SupposedPolicy(yaml: single), into: place)
            }
        }
        try await buy(5...6)
        let outcome = try ReplayJob(of: live(), under: SupposedPolicy(yaml: single), into: place).run([
            "rfm", "loyalty",
        ])
        #expect(try ReplayFolder(openingAt: place)?.position == Position(5))
        #expect(throws: ReplayError.self) {
            try ReplayJob(of: live(), under: SupposedPolicy(yaml: single), into: place)
        }
        let again = try ReplayJob(of: live(), at: Position(5), under: SupposedPolicy(yaml: single), into: place)
        #expect(try again.run(["loyalty"]) == [outcome[1]])
        for policy in [nil, try SupposedPolicy(yaml: double), try SupposedPolicy(yaml: single, from: Position(2))] {
            #expect(throws: ReplayError.self) { try ReplayJob(of: live(), at: Position(5), under: policy, into: place) }
        }
        #expect(try balances(live()) == [])
    }

    @Test func `what a replay cannot be made into or read from is said`() async throws {
        try FileManager.default.createDirectory(
            atPath: scratch.path + "/taken/x", withIntermediateDirectories: true)
        #expect(throws: ReplayError.self) { try ReplayJob(of: live(), into: scratch.path + "/taken") }
        #expect(throws: QueryError.self) {
            try ReplayJob(of: live(), under: SupposedPolicy(yaml: double, from: Position(9)), into: place)
        }
        #expect(try ReplayFolder(openingAt: place) == nil)
        _ = try ReplayJob(of: live(), into: place).run(["loyalty"])
        let file = place + "/replay.json"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        for (old, new) in [("replay 1", "replay 2"), ("\"record\"", "\"recor\""), ("}", "")] {
            try text.replacing(old, with: new).write(toFile: file, atomically: true, encoding: .utf8)
            #expect(throws: ReplayError.self) { try ReplayFolder(openingAt: place) }
        }
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let replay = try #require(try ReplayFolder(openingAt: place))
        // Another log at the same place, and then none.
        try FileManager.default.moveItem(atPath: scratch.data, toPath: scratch.path + "/moved")
        #expect(throws: ReplayError.self) { try replay.answers(.standard) }
        try await buy(1...4)
        #expect(throws: ReplayError.self) { try replay.answers(.standard) }
    }
}
