import Dispatch
import EventLog
import Synchronization
import Testing
import Touchpoints

@testable import Projections

/// Views that stay open, while the log and the views go on beside.
@Suite(.serialized) struct OpenViewsTests {
    private static let catalogue = Catalogue([Tally.self, Lots.self])

    private func rows(_ views: OpenViews, _ view: String, of customer: String) throws -> (rows: [Row], at: Position) {
        var question = Question(view: view)
        question.customer = customer
        var rows: [Row] = []
        let answer = try views.answer(question) { rows.append($0) }
        return (rows, answer.position)
    }

    private func fresh(_ journal: Journal, _ view: String, of customer: String) throws -> [Row] {
        let answers = try ViewAnswers(
            folder: journal.folder, catalogue: Self.catalogue, tuning: FoldTuning(), isFresh: true)
        var question = Question(view: view)
        question.customer = customer
        var rows: [Row] = []
        try answers.answer(question) { rows.append($0) }
        return rows
    }

    @Test func `they follow events, files that are written back, and new generations`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 1), Happening(.pageViewed, at: 2, of: 2)], now: 3)
        let engine = try FoldEngine(folder: journal.folder, catalogue: Self.catalogue)
        let views = try OpenViews(folder: journal.folder, catalogue: Self.catalogue)
        func compare(_ place: String) throws {
            for view in Self.catalogue.names {
                for customer in ["member:1", "member:2"] {
                    let (rows, position) = try rows(views, view, of: customer)
                    #expect(position == journal.log.head, "\(place)")
                    #expect(try rows == fresh(journal, view, of: customer), "\(view) \(customer) \(place)")
                }
            }
        }
        try compare("without a generation")
        _ = try engine.catchUp()
        try engine.save()
        try compare("with a generation")
        try await journal.append([Happening(.pageViewed, at: 4), Happening(.orderPaid, at: 4)], now: 5)
        try compare("behind the files")
        try await journal.append([Happening(.pageViewed, at: 2)], now: 6)
        try compare("with a late event")
        _ = try engine.catchUp()
        try engine.save()
        try compare("written back")
        _ = try engine.rebuild(Self.catalogue.names) { _, _, _ in }
        try compare("rebuilt")
        try await journal.append([Happening(.pageViewed, at: 7)], now: 7)
        try compare("behind what was rebuilt")
        try engine.close()
    }

    @Test func `at once is answered what is open, up to date and needs no fold from the start`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 1), Happening(.pageViewed, at: 2, of: 2)], now: 3)
        try journal.fold(Self.catalogue.projectors)
        let views = try OpenViews(folder: journal.folder, catalogue: Self.catalogue)
        func atOnce(_ view: String, _ customer: String?, _ change: (inout Question) -> Void = { _ in }) throws -> [Row]?
        {
            try views.readAtOnce { answers in
                var question = Question(view: view)
                question.customer = customer
                change(&question)
                var rows: [Row] = []
                try answers.answer(question) { rows.append($0) }
                return rows
            }
        }
        let name = Self.catalogue.names[0]
        #expect(try atOnce(name, "member:1") == nil, "nothing is open")
        let known = try rows(views, name, of: "member:1").rows
        #expect(try atOnce(name, "member:1") == known)
        #expect(throws: QueryError.self) { try atOnce(name, "member:9") }
        #expect(try atOnce(name, nil) == nil, "a whole view")
        #expect(try atOnce(name, "member:1") { $0.asKnown = Position(2) } == nil, "the past")
        try await journal.append([Happening(.pageViewed, at: 5)], now: 6)
        #expect(try atOnce(name, "member:1") == nil, "an event came")
        _ = try rows(views, name, of: "member:1")
        #expect(try atOnce(name, "member:1") == fresh(journal, name, of: "member:1"))
        try await journal.append([Happening(.pageViewed, at: 0, of: 2)], now: 7)
        _ = try rows(views, name, of: "member:1")
        #expect(try atOnce(name, "member:1") != nil)
        #expect(try atOnce(name, "member:2") == nil, "a late event")
    }

    @Test func `a generation that was replaced is let go at once`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 1)], now: 3)
        try journal.fold([Tally.self])
        let mark = try #require(LiveMark(journal.views(of: Tally.self)))
        #expect(mark.generation == 1)
        #expect(mark.isLive)
        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([Tally.self]))
        _ = try engine.catchUp()
        #expect(mark.isLive)
        _ = try engine.rebuild([Tally.name]) { _, _, _ in }
        #expect(!mark.isLive)
        #expect(LiveMark(journal.views(of: Tally.self))?.generation == 2)
        try engine.close()
    }

    @Test func `any number of threads ask while events come in`() async throws {
        let journal = try await Journal()
        try await journal.append((1...20).map { Happening(.pageViewed, at: $0, of: $0 % 3 + 1) }, now: 30)
        try journal.fold(Self.catalogue.projectors)
        let views = try OpenViews(folder: journal.folder, catalogue: Self.catalogue)
        let failures = Mutex<[String]>([])
        let asking = Task.detached {
            DispatchQueue.concurrentPerform(iterations: 4) { thread in
                var last = Position.start
                for number in 0..<200 {
                    do {
                        let (rows, position) = try self.rows(
                            views, Self.catalogue.names[number % 2], of: "member:\(thread % 3 + 1)")
                        if position < last || rows.isEmpty { failures.withLock { $0.append("\(position) \(rows)") } }
                        last = position
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                    }
                }
            }
        }
        for hour in 31...60 {
            try await journal.append([Happening(.pageViewed, at: hour, of: hour % 3 + 1)], now: hour)
        }
        await asking.value
        #expect(failures.withLock { $0 } == [])
        for view in Self.catalogue.names {
            for number in 1...3 {
                let customer = "member:\(number)"
                #expect(try rows(views, view, of: customer).rows == fresh(journal, view, of: customer))
            }
        }
    }
}
