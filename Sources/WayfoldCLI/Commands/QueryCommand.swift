import ArgumentParser
import Projections
import Touchpoints

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Show a part of a view; without VIEW, what can be asked.",
        discussion: """
            Example: the ten customers who spent most among those at risk, as JSON lines.

              wayfold query rfm/customers --where 'segment=At risk' --where 'monetary>=100' --limit 10 --format ndjson

            Conditions: COLUMN, one of = != < <= > >= or `in`, and a value (`stage in at-risk,dormant`). Without \
            --limit there are all rows. Answers stand at the head of the log; nothing is written.
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
        name: .customLong("as-of"),
        help: ArgumentHelp("How it was then: RFC 3339, or a date for its end.", valueName: "time"),
        transform: TimeArgument.init)
    var asOf: TimeArgument?

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
        var filter = try RowFilter(conditions, columns: columns)
        let answers = try ViewAnswers(folder: data.open(), catalogue: WayfoldProgram.catalogue)
        if let active = answers.activePolicy { filter.zone = active.zone }
        var dated = question
        dated.asOf = try asOf.map { try answers.upperBound(of: $0) }
        var answer: Answer?
        var count = 0
        try format.write(columns) { emit in
            answer = try answers.answer(dated) { row in
                if limit == 0 { throw EnoughRows() }
                guard filter.accepts(row) else { return }
                try emit(row)
                count += 1
                if count == limit { throw EnoughRows() }
            }
        }
        if format.chosen == .table, let answer { Console.current.remark(answer.remark(rowCount: count)) }
    }

    private func question(about name: String) throws -> Question {
        let words = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var question = Question(view: words[0], part: words.count == 2 ? words[1] : nil)
        question.customer = customer
        question.options = try options.given
        return question
    }
}

extension ViewAnswers {
    /// The last instant that a time argument means, by the policy in force.
    func upperBound(of time: TimeArgument) throws -> Timestamp {
        guard let active = activePolicy else { throw QueryError("the log is empty") }
        return time.upperBound(in: active.zone, clock: log.clock)
    }
}
