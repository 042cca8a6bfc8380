import ArgumentParser
import Projections
import Touchpoints
import Wayfold

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Show a part of a view; without VIEW, what can be asked.",
        discussion: """
            Example: the ten customers who spent most among those at risk, as JSON lines.

              wayfold query rfm/customers --where 'segment=At risk' --sort -monetary,customer --limit 10 --format ndjson

            Conditions: COLUMN, one of = != < <= > >= or `in`, and a value (`stage in at-risk,dormant`). --sort \
            names columns, each with a - before it for the other direction; nulls come last, and what is equal stays in \
            the part's own order. Without --limit there are all rows.

            Answers stand at the head of the log. What was known at a position of it, how it was at a time, and both:

              wayfold query rfm/segments --as-known 120034
              wayfold query loyalty/members --customer member:1042 --as-of 2024-06-30 --as-known 2024-07-15

            What is to be done to the rows known at a position to have today's (of parts with a key), and what would \
            be said of that position today:

              wayfold query lifecycle/customers --changes-since 120034
              wayfold query lifecycle/corrections --since 120034 --where part=stages

            A past answer about a whole view takes a replay of the log, which is kept in the data folder (the eight \
            used last, a view) and used again. Where the answer stands is told on standard error: below a table in \
            words, else as a line of JSON, whose `position` is the one to ask --changes-since of next.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption
    @OptionGroup var options: PartOptions

    @Argument(help: ArgumentHelp("The view, and a part of it; without PART its first.", valueName: "VIEW[/PART]"))
    var name: String?

    @Option(help: ArgumentHelp("Only this customer: kind:value, or a value alone.", valueName: "alias"))
    var customer: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("A condition on a column; may be repeated.", valueName: "condition"))
    var conditions: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The order of the rows, such as -monetary,customer.", valueName: "columns"))
    var sort: String?

    @OptionGroup var axes: AxisOptions

    @Option(
        name: .customLong("changes-since"),
        help: ArgumentHelp("Only what changed since it was known at that position.", valueName: "position"))
    var changesSince: UInt64?

    @Option(help: ArgumentHelp("At most so many rows.", valueName: "n"))
    var limit: Int?

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
    }

    func run() throws {
        guard let name else { return try PartListing(WayfoldProgram.catalogue.parts).write(as: format) }
        let question = try question(about: name)
        // Before the log is opened: what was asked wrongly is said at once.
        let columns = try WayfoldProgram.catalogue.columns(of: question)
        _ = try RowFilter(conditions, columns: columns)
        let order = try sort.map { try RowSort($0, columns: columns) }
        let answers = try data.answers()
        var dated = question
        (dated.asOf, dated.asKnown) = try axes.axes.resolved(in: answers)
        let progress = Progress("replaying", unit: "events")
        answers.replaying = { _, position, end in progress.update(position, of: end) }
        var answer: Answer?
        var count = 0
        try format.write(columns) { emit in
            func ask(_ take: (Row) throws -> Void) throws {
                answer = try answers.answer(dated, columns: { _ in progress.end() }, emit: take)
            }
            func write(_ row: Row) throws {
                try emit(row)
                count += 1
            }
            if let order {
                var sorted = SortedRows(by: order, columns: columns, folder: answers.folder, limit: limit)
                try ask { try sorted.add($0) }
                try sorted.forEach(write)
            } else {
                try ask { row in
                    if limit == 0 { throw EnoughRows() }
                    try write(row)
                    if count == limit { throw EnoughRows() }
                }
            }
        }
        progress.end()
        if let answer { answer.tell(rowCount: count, for: format.chosen) }
    }

    private func question(about name: String) throws -> Question {
        let words = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var question = Question(view: words[0], part: words.count == 2 ? words[1] : nil)
        question.customer = customer
        question.conditions = conditions
        question.changesSince = changesSince.map { Position($0) }
        question.options = try options.given
        return question
    }
}
