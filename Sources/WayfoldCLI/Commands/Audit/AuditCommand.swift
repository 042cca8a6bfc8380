import ArgumentParser
import EventLog
import Projections
import Service
import Wayfold

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Write a report about a customer, or about a time, for people to print and to verify.",
        discussion: """
            Example: why a member has what it has, with all that proves it, on one page.

              wayfold audit member:1042 --out member-1042.html

            Example: who has changed what since a close of books, and what is said otherwise of it now.

              wayfold audit --since 73000 --out since-march.html

            The page needs nothing but itself. Of a customer it has the names, the figures of every view, the steps, rules and \
            policies behind them, the records with their receipts, the signed checkpoint, and how others verify that. \
            --as-of and --as-known say how it was, and as it was known, as for `wayfold customer`. Events behind the last signed \
            checkpoint have no receipt, and the page says so: sign first (`wayfold checkpoint`).
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var axes: AxisOptions

    @Argument(help: "The customer: kind:value, or a value alone.")
    var customer: String?

    @Option(
        help: ArgumentHelp(
            "In the place of a customer: what was recorded behind a position, or after a time.",
            valueName: "position|time"),
        transform: PositionArgument.init)
    var since: PositionArgument?

    @Option(help: ArgumentHelp("The file that is written.", valueName: "file.html"))
    var out: String

    func validate() throws {
        if (customer == nil) == (since == nil) { throw ValidationError("name a customer, or a time with --since") }
        if since != nil && (axes.asOf != nil || axes.asKnown != nil) {
            throw ValidationError("--as-of and --as-known go with a customer")
        }
    }

    func run() throws {
        let folder = try data.open()
        let progress = Progress("hashing the log", unit: "events")
        let tree = try LogTree(folder: folder) { progress.update($0, of: $1) }
        let answers = try ViewAnswers(folder: folder, catalogue: WayfoldProgram.catalogue)
        let replaying = Progress("replaying", unit: "events")
        answers.replaying = { _, position, end in replaying.update(position, of: end) }
        progress.end()
        let made = try page(answers, tree)
        replaying.end()
        try writeFile(Array(made.html.utf8), at: out)
        try Report.fields([
            ("file", .text(out)), ("position", .integer(made.position.rawValue)), ("events", .integer(made.eventCount)),
            ("not_proved", .integer(made.unprovedCount)),
        ]).writeAsUsual()
    }

    private func page(_ answers: ViewAnswers, _ tree: LogTree) throws -> AuditPage.Made {
        let page = AuditPage(answers, tree)
        let (asOf, asKnown) = try (customer == nil ? Axes(asKnown: since) : axes.axes).resolved(in: answers)
        guard let customer else { return try page.period(since: asKnown ?? .start) }
        return try page.customer(customer, asOf: asOf, asKnown: asKnown)
    }
}
