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
        let begun = Mutex<[String]>([])
        let outcomes = try await session.rebuild(views) { step in
            // One way over the log for each view.
            let done = begun.withLock { begun in
                if let view = step.view, !begun.contains(view) { begun.append(view) }
                return UInt64(max(0, begun.count - 1))
            }
            progress.update(
                Position(done * step.of.rawValue + step.at.rawValue),
                of: Position(UInt64(max(views.count, begun.withLock { $0.count })) * step.of.rawValue))
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
