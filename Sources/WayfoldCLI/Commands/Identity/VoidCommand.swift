import ArgumentParser
import EventLog
import Projections
import Touchpoints
import Wayfold

struct VoidCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "void",
        abstract: "Take events out of all views, from here on.",
        discussion: """
            Example: what a test of the till left behind; see first what would go, then what the views would say.

              wayfold void --where source=till-test --where 'occurred>=2026-03-01' --dry-run
              wayfold void --where source=till-test --where 'occurred>=2026-03-01' --dry-run --changes
              wayfold void --where source=till-test --where 'occurred>=2026-03-01' --reason test
              wayfold void --where 'position in 12,13' --reason mistake

            Conditions are those of `wayfold query`, on the columns \(EventTable.columns.map(\.name).joined(separator: ", ")). \
            The events stay in the log, and answers as they were known before still count them; ledgers book the \
            reverse. What is void already is left alone, so that it can be repeated; so are records that no view folds.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("A condition on a column of the events; may be repeated.", valueName: "condition"))
    var conditions: [String]

    @Option(help: ArgumentHelp("Why, as a word for statistics: test, mistake, double.", valueName: "word"))
    var reason: String?

    @Option(help: ArgumentHelp("A remark in free text; kept as personal.", valueName: "text"))
    var note: String?

    @Flag(name: .customLong("dry-run"), help: "Only show the events that would go.")
    var isDryRun = false

    @Flag(help: "With --dry-run: show what would change in each view instead, as `wayfold merge` does.")
    var changes = false

    /// Events whose voiding is supposed in memory, for `--changes`.
    private static let maxSupposed = 10_000

    private static let columns: [Column] = [
        .integer("voided"), .integer("matched"), .integer("already_void"), .integer("not_folded"),
    ]

    func validate() throws {
        if changes && !isDryRun { throw ValidationError("--changes goes with --dry-run") }
        do { _ = try RowFilter(conditions, columns: EventTable.columns) } catch { throw ValidationError("\(error)") }
    }

    func run() async throws {
        let folder = try data.open()
        if isDryRun { return try changes ? showChanges() : showEvents() }
        let session = try await WriteSession.open(data)
        var search = try search(ViewAnswers(folder: folder, catalogue: WayfoldProgram.catalogue))
        let progress = Progress("voiding", unit: "events")
        defer { progress.end() }
        var count = 0
        for range in search.ranges {
            var positions: [Position] = []
            try search.forEach(range) { positions.append($0.position) }
            if !positions.isEmpty {
                count += try await session.void(positions, Grounds(reason: reason, note: note))
            }
            progress.update(range.upperBound, of: search.head)
        }
        progress.end()
        try await session.finishWithProgress()
        try format.write(Self.columns) { emit in
            try emit([count, search.matchedCount, search.voidCount, search.unfoldedCount].map { .integer(Int64($0)) })
        }
    }

    private func search(_ answers: ViewAnswers) throws -> VoidSearch {
        var filter = try RowFilter(conditions, columns: EventTable.columns)
        guard let active = answers.activePolicy else { throw QueryError("the log is empty") }
        filter.zone = active.zone
        return VoidSearch(answers.log, active.policy.identity, where: filter)
    }
}

/// Dry runs.
extension VoidCommand {
    private func showEvents() throws {
        var search = try search(ViewAnswers(folder: data.open(), catalogue: WayfoldProgram.catalogue))
        let table = search.table
        try format.write(EventTable.columns) { emit in
            for range in search.ranges { try search.forEach(range) { try emit(table.row($0)) } }
        }
        let types = search.countsByType.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let counts = types.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        Console.current.remark(
            "wayfold: \(types.isEmpty ? "nothing" : counts) would go; \(search.voidCount) of \(search.matchedCount) are void "
                + "already, \(search.unfoldedCount) are records that no view folds")
    }

    private func showChanges() throws {
        let answers = try ViewAnswers(folder: data.open(), catalogue: WayfoldProgram.catalogue)
        var search = try search(answers)
        var positions: [Position] = []
        for range in search.ranges {
            try search.forEach(range) { positions.append($0.position) }
            guard positions.count <= Self.maxSupposed else {
                throw Failure("--changes is for at most \(Self.maxSupposed) events; these conditions choose more")
            }
        }
        try ChangeListing(Preview(voiding: positions, in: answers)).write(as: format)
    }
}
