import Foundation
import Glibc
import Projections
import Wayfold

/// Fixed work for `tools/counts`, phase by phase: events in, views made anew, late events folded again, answers about one
/// customer of many events.
@main struct Count {
    private static let batchSize = 500
    /// For each view.
    private static let lateEvents = 2

    /// Usage: count FOLDER SHOP REGULAR. The folder is there and empty; the files hold events, one a line: those of
    /// many customers, and those of a single one in order, of which the last are late.
    static func main() {
        // Not an asynchronous main, whose first thread waits in a way in which valgrind falls over.
        Task.detached {
            do {
                try await run(CommandLine.arguments)
                exit(0)
            } catch {
                FileHandle.standardError.write(Data("count: \(error)\n".utf8))
                exit(1)
            }
        }
        while true { pause() }
    }

    private static func run(_ arguments: [String]) async throws {
        try await ingest(Subject(folder: arguments[1] + "/shop", events: arguments[2]))
        try rebuild(DataFolder(openingAt: arguments[1] + "/shop"))
        let regular = try await Subject(folder: arguments[1] + "/regular", events: arguments[3])
        try await foldAgain(regular)
        try answer(regular.folder, units: regular.events.count)
    }

    /// Bytes in, committed log out. The first third is not counted: it makes what is made once.
    private static func ingest(_ shop: Subject) async throws {
        let first = shop.events.count / 3
        try await shop.append(0..<first, batchSize)
        let meter = Meter("ingest", units: shop.events.count - first)
        try meter.begin()
        try await shop.append(first..<shop.events.count, batchSize)
        try meter.end()
        try await shop.writer.close()
    }

    /// Each view by itself. Only the second time is counted: the first makes what is made once.
    private static func rebuild(_ folder: DataFolder) throws {
        for view in Catalogue.standard.projectors {
            for isCounted in [false, true] {
                let engine = try Subject.engine(folder, Catalogue([view]))
                let meter = Meter("rebuild of \(view.name)", units: Int(engine.log.head.rawValue))
                if isCounted { try meter.begin() }
                _ = try engine.rebuild([view.name]) { _, _, _ in }
                if isCounted { try meter.end() }
                try engine.close()
            }
        }
    }

    /// Late events of one customer, each folded again and saved before the next comes: ``lateEvents`` for each view by itself.
    private static func foldAgain(_ regular: Subject) async throws {
        let views = Catalogue.standard.projectors
        var next = regular.events.count - views.count * lateEvents
        try await regular.append(0..<next, batchSize)
        for view in views {
            let engine = try Subject.engine(regular.folder, Catalogue([view]))
            _ = try engine.catchUp()
            try engine.save()
            let meter = Meter("late event in \(view.name)", units: lateEvents)
            try meter.begin()
            for _ in 0..<lateEvents {
                try await regular.append(next..<next + 1, 1)
                next += 1
                _ = try engine.catchUp()
                try engine.save()
            }
            try meter.end()
            try engine.close()
        }
        try await regular.writer.close()
    }

    /// What takes a customer's steps one by one must not cost more for each the more there are. Before it is counted, the
    /// view has folded what it lacks.
    private static func answer(_ folder: DataFolder, units: Int) throws {
        let answers = try ViewAnswers(folder: folder, catalogue: .standard)
        let parts: [(String, String, [String: String])] = [
            ("loyalty", "ledger", [:]), ("loyalty", "explanation", ["field": "balance"]),
            ("rfm", "explanation", ["field": "monetary"]),
        ]
        for (view, part, options) in parts {
            var question = Question(view: view)
            question.customer = "member:00000001"
            try answers.answer(question) { _ in }
            question.part = part
            question.options = options
            let meter = Meter("\(part) of \(view)", units: units)
            try meter.begin()
            try answers.answer(question) { _ in }
            try meter.end()
        }
    }
}
