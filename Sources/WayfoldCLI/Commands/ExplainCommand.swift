import ArgumentParser
import EventLog
import Projections
import Touchpoints
import Wayfold

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show the events and rules behind a customer's figure.",
        discussion: """
            Example: why a member is in its stage, and why its balance is what it is.

              wayfold explain lifecycle member:1042 stage
              wayfold explain loyalty member:1042 balance

            VIEW is a view with a part `customers` or `members`, FIELD one of its columns; without FIELD all of them are \
            explained. Each line is a step that made the figure what it is: an event or a wake-up, the rules by which it \
            acted, the policy in force with what it says of them, and the value before and after. An event that has \
            changed nothing is there where without it the figure, or one of the steps, would be another; the last line \
            (`shown`) is the figure as the view shows it. The events of the lines alone give that figure: this is tried, \
            and where it is not so, the command says so and ends with status 1. A table leaves out who sent an event, its id \
            and when it was recorded; --format json has all.

            How it was at a time, as it was known then:

              wayfold explain loyalty member:1042 tier --as-of 2024-06-30 --as-known 2024-06-30

            Who and what is behind a stage, a segment or a tier, customer by customer:

              wayfold query lifecycle/behind --field stage --value at-risk

            With --proof each event of the lines has its receipt in a folder, POSITION.tlog-proof, which \
            `wayfold verify --proof` takes; those behind the last signed checkpoint have none, and are named.
            """)

    private static let tableColumns: Set = [
        "row", "field", "kind", "position", "time", "type", "rules", "policy_text", "before", "after",
    ]

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption
    @OptionGroup var axes: AxisOptions

    @Option(help: ArgumentHelp("Also write the receipt of each event into this folder.", valueName: "dir"))
    var proof: String?

    @Argument(help: "The view.")
    var view: String

    @Argument(help: "The customer: kind:value, or a value alone.")
    var customer: String

    @Argument(help: "A column of the view's part `customers` or `members`.")
    var field: String?

    func run() throws {
        var question = Question(view: view, part: "explanation")
        question.customer = customer
        question.options = field.map { ["field": $0] } ?? [:]
        let columns = try WayfoldProgram.catalogue.columns(of: question)
        let answers = try ViewAnswers(folder: data.open(), catalogue: WayfoldProgram.catalogue)
        (question.asOf, question.asKnown) = try axes.axes.resolved(in: answers)
        let progress = Progress("replaying", unit: "events")
        answers.replaying = { _, position, end in progress.update(position, of: end) }
        var count = 0
        var answer: Answer?
        // A terminal has no room for all.
        var positions: Set<Position> = []
        let shown = columns.indices.filter { format.chosen != .table || Self.tableColumns.contains(columns[$0].name) }
        try format.write(shown.map { columns[$0] }) { emit in
            answer = try answers.answer(question, columns: { _ in progress.end() }) { row in
                try emit(shown.map { row[$0] })
                count += 1
                if let position = ExplainedLine.event(of: row, columns) { positions.insert(position) }
            }
        }
        progress.end()
        if let answer { answer.tell(rowCount: count, for: format.chosen) }
        if count == 0 { Console.current.remark("\(view) says nothing of this customer") }
        if let proof { try writeReceipts(of: positions, to: proof, answers.folder) }
    }

    private func writeReceipts(of positions: Set<Position>, to path: String, _ folder: DataFolder) throws {
        let progress = Progress("hashing the log", unit: "events")
        let tree = try LogTree(folder: folder) { progress.update($0, of: $1) }
        progress.end()
        let proof = EventProof(tree, try CheckpointFile.checkpoints(of: folder))
        let unsigned = try ReceiptFolder(path).write(positions.sorted(), by: proof)
        Console.current.remark("\(positions.count - unsigned.count) receipts in \(path)")
        guard !unsigned.isEmpty else { return }
        let names = unsigned.map { "\($0)" }.joined(separator: ", ")
        Console.current.remark(
            "none yet, behind the last signed checkpoint of \(proof.signedSize) events (wayfold checkpoint): positions \(names)"
        )
    }
}

/// What a line of an explanation is about, by the names of its columns.
private enum ExplainedLine {
    /// The record that a line tells of; nil: a wake-up, or the line with what is shown.
    static func event(of row: Row, _ columns: [Column]) -> Position? {
        func value(_ name: String) -> Value { columns.firstIndex { $0.name == name }.map { row[$0] } ?? .null }
        guard value("kind") != .text("shown"), case .integer(let position) = value("position") else { return nil }
        return Position(UInt64(position))
    }
}
