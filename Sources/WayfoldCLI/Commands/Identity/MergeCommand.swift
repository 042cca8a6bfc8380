import ArgumentParser
import EventLog
import Projections
import Wayfold

struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Make the customers of two aliases one.",
        discussion: """
            Example: see first what would change, in every view.

              wayfold merge member:1042 email:ada@example.com --dry-run
              wayfold merge member:1042 email:ada@example.com --reason double-account --reference DQ-41

            From here on both histories are one, in every view; ledgers pool their points. It also lifts what `wayfold \
            split` keeps apart. Customers that are one already stay so, so that it can be repeated. What events \
            themselves say of aliases (`customer.identified`) comes with `wayfold import`.

            --dry-run tells of each part with a key the rows that would change, at the log's clock: what time alone \
            brings until then is left out, and so are parts that need an option such as --customer.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption
    @OptionGroup var why: GroundsOptions

    @Argument(help: "One of them: kind:value, or a value alone.")
    var a: String

    @Argument(help: "The other: kind:value, or a value alone.")
    var b: String

    @Flag(name: .customLong("dry-run"), help: "Only show what would change in each view.")
    var isDryRun = false

    func run() async throws {
        // The log is closed again: a process opens it for writing first.
        let (one, other) = try names()
        if isDryRun { return try preview(one, other) }
        let session = try await WriteSession.open(data)
        let decided = try await session.merge(one, other, why.grounds)
        try await session.finishWithProgress()
        try DecidedRow(decided, one).write(as: format)
    }

    private func names() throws -> (Alias, Alias) {
        let answers = try ViewAnswers(folder: data.open(), catalogue: WayfoldProgram.catalogue)
        return (try answers.alias(named: a), try answers.alias(named: b))
    }

    private func preview(_ one: Alias, _ other: Alias) throws {
        let answers = try ViewAnswers(folder: data.open(), catalogue: WayfoldProgram.catalogue)
        try ChangeListing(Preview(merging: one, other, in: answers)).write(as: format)
    }
}
