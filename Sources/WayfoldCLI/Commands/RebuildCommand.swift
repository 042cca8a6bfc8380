import ArgumentParser
import Projections
import Synchronization
import Wayfold

struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Make views anew from the whole log, beside those that answer, and switch to them.",
        discussion: """
            Example: all views, then only one.

              wayfold rebuild
              wayfold rebuild rfm
              wayfold rebuild --memory 256M

            Each row tells how the new generation compares with the old one, by digest: `same`, `incomparable` (made \
            under another version or policy, or there was none), or `different`, which should never be and gives \
            status 3. An interrupted rebuild begins again. All cores are used.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption
    @OptionGroup var memory: MemoryOption

    @Flag(name: .customLong("dry-run"), help: "Only say which views would be made anew, from how many events.")
    var isDryRun = false

    @Argument(help: ArgumentHelp("Only these views.", valueName: "view"))
    var views: [String] = []

    private static let columns: [Column] = [
        .text("view"), .integer("generation"), .integer("position"), .text("digest"), .text("comparison"),
    ]

    func run() async throws {
        let views = try WayfoldProgram.catalogue.names(views)
        // A rebuild makes no data folder.
        let folder = try data.open()
        if isDryRun { return try tellPlan(views, ViewAnswers(folder: folder, catalogue: WayfoldProgram.catalogue)) }
        let session = try await WriteSession.open(data, memory)
        let progress = Progress("rebuilding", unit: "events")
        let reached = Mutex<[String: UInt64]>([:])
        let outcomes = try await session.rebuild(views) { step in
            // Each view goes its own way over the log, all of them in turn.
            let (done, count) = reached.withLock { reached in
                if let view = step.view { reached[view] = step.at.rawValue }
                return (reached.values.reduce(0, +), max(views.count, reached.count))
            }
            progress.update(Position(done), of: Position(UInt64(count) * step.of.rawValue))
        }
        progress.end()
        try await session.finishWithProgress()
        try format.write(Self.columns) { emit in
            for outcome in outcomes {
                try emit([
                    .text(outcome.view), .integer(Int64(outcome.generation)), .position(outcome.position),
                    .text("\(outcome.digest)"), .text(outcome.comparison.rawValue),
                ])
            }
        }
        if outcomes.contains(where: { $0.comparison == .different }) { throw FoundDifference() }
    }

    private func tellPlan(_ views: [String], _ answers: ViewAnswers) throws {
        try format.write([.text("view"), .integer("generation"), .integer("events")]) { emit in
            for view in views {
                let generation = (try answers.status(of: view)?.generation ?? 0) + 1
                try emit([.text(view), .integer(Int64(generation)), .integer(Int64(answers.log.head.rawValue))])
            }
        }
    }
}
