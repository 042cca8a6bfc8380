import EventLog
import Foundation
import Testing
import Touchpoints

@testable import Projections

/// What is kept of past answers, and what happens to it.
@Suite struct ReplayTests {
    private static let catalogue = Catalogue([Gapped.self])

    /// A log of three positions, of which the second is asked.
    private func journal() async throws -> Journal {
        let journal = try await Journal(policy: "journey: {sessionGap: 1h}")
        try await journal.append([Happening(.pageViewed, at: 1)], now: 1)
        try await journal.append([Happening(.pageViewed, at: 2)], now: 2)
        try journal.fold([Gapped.self])
        return journal
    }

    private var question: Question {
        var question = Question(view: "gapped", part: "hours")
        question.asKnown = Position(2)
        return question
    }

    private func kept(_ journal: Journal) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: journal.folder.replaysPath + "/gapped").sorted()
    }

    @Test func `a replay is kept under what it answers, and nothing else is left`() async throws {
        let journal = try await journal()
        let rows = try journal.ask(question, Self.catalogue).rows
        #expect(rows == [[.integer(1)]])
        #expect(try kept(journal) == ["2-clock-1"])
        #expect(try journal.ask(question, Self.catalogue).rows == rows)
    }

    @Test(arguments: ["digest", "data.mdb"]) func `a damaged one is made again`(_ name: String) async throws {
        let journal = try await journal()
        let rows = try journal.ask(question, Self.catalogue).rows
        let file = URL(filePath: journal.folder.replaysPath + "/gapped/2-clock-1/" + name)
        try Data("damaged".utf8).write(to: file)
        #expect(try journal.ask(question, Self.catalogue).rows == rows)
        #expect(try kept(journal) == ["2-clock-1"])
        #expect(try Data(contentsOf: file) != Data("damaged".utf8))
    }

    @Test func `where nothing can be written, the answer is given all the same`() async throws {
        let journal = try await journal()
        // Nobody can make a folder where a file is.
        try Data().write(to: URL(filePath: journal.folder.replaysPath))
        #expect(try journal.ask(question, Self.catalogue).rows == [[.integer(1)]])
    }

    @Test func `those not used for longest go, and what a dead process left`() async throws {
        let journal = try await journal()
        for hour in 3...15 { try await journal.append([Happening(.pageViewed, at: hour)], now: hour) }
        try journal.fold([Gapped.self])
        let path = journal.folder.replaysPath + "/gapped"
        try FileManager.default.createDirectory(atPath: path + "/.new-abcdef", withIntermediateDirectories: true)
        var asked = question
        for position in 2...11 {
            asked.asKnown = Position(UInt64(position))
            #expect(try journal.ask(asked, Self.catalogue).rows == [[.integer(Int64(position) - 1)]])
            // The first is used again and again.
            _ = try journal.ask(question, Self.catalogue)
        }
        let names = try kept(journal)
        #expect(names.count == ReplayShelf.countMax)
        #expect(names.contains("2-clock-1") && names.contains("11-clock-1") && !names.contains("3-clock-1"))
    }
}
