import ArgumentParser
import EventLog
import Projections
import Touchpoints
import Wayfold

struct CustomerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer",
        abstract: "Show one customer: names, figures of every view, timeline.",
        discussion: """
            Example: what is known of a member.

              wayfold customer member:1042

            How it was at a time, as it was known then:

              wayfold customer member:1042 --as-of 2024-06-30 --as-known 2024-06-30

            ALIAS is kind:value, or a value alone, which is looked up under every kind. Of each alias the page says \
            since when the log knows it, the position that tells so, the decision that joined it to others, and whether \
            it has moved on (`former`). The timeline says what was decided about who is whom, and which record voided \
            an event. For programs (--format json) the answer is one object. In the past, figures of a view that \
            ranks all customers (rfm) take a replay; the others take milliseconds.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption
    @OptionGroup var axes: AxisOptions

    @Argument(help: "The customer: kind:value, or a value alone.")
    var alias: String

    func run() throws {
        let answers = try data.answers()
        let progress = Progress("replaying", unit: "events")
        answers.replaying = { _, position, end in progress.update(position, of: end) }
        let (asOf, asKnown) = try axes.axes.resolved(in: answers)
        let report = try CustomerPage(answers, alias: alias, asOf: asOf, asKnown: asKnown).report()
        progress.end()
        try report.write(as: format.chosen)
    }
}
