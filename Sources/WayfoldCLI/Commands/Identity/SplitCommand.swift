import ArgumentParser
import EventLog
import Projections
import Wayfold

struct SplitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Take aliases out of a customer: together they are another one.",
        discussion: """
            Example: a phone that two people used; see first what would change.

              wayfold split phone:+4366012345678 --dry-run
              wayfold split phone:+4366012345678 --of member:1042 --reason shared-device --reference DQ-57

            What these aliases did goes with them, in every view. Nothing brings both together again but `wayfold merge`. \
            Aliases that are not of the customer they are to leave are left out, so that it can be repeated. --dry-run \
            shows what `wayfold merge --dry-run` does.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption
    @OptionGroup var why: GroundsOptions

    @Argument(help: ArgumentHelp("Those that leave: kind:value, or a value alone.", valueName: "alias"))
    var aliases: [String]

    @Option(help: ArgumentHelp("The customer that they leave. (default: whose they are)", valueName: "alias"))
    var of: String?

    @Flag(name: .customLong("dry-run"), help: "Only show what would change in each view.")
    var isDryRun = false

    func run() async throws {
        // The log is closed again: a process opens it for writing first.
        let (leaving, customer) = try names()
        if isDryRun { return try preview(leaving, customer) }
        let session = try await WriteSession.open(data)
        let decided = try await session.split(leaving, of: customer, why.grounds)
        try await session.finishWithProgress()
        try DecidedRow(decided, customer).write(as: format)
    }

    private func names() throws -> (leaving: [Alias], customer: Alias) {
        let answers = try ViewAnswers(folder: data.open(), catalogue: WayfoldProgram.catalogue)
        let strands = try aliases.map { try answers.strand(named: $0) }
        let leaving = try aliases.map { try answers.alias(named: $0) }
        if let of { return (leaving, try answers.alias(named: of)) }
        let identity = answers.log.identity(at: answers.log.head)
        let customers = Set(strands.map { identity.customer(of: $0) })
        guard let customer = customers.first, customers.count == 1 else {
            throw UsageError("these aliases are of \(customers.count) customers: say with --of which one they leave")
        }
        // One that stays, so that the record stands in the history of the customer that was left.
        let staying = identity.strands(of: customer).first { !strands.contains($0) && !identity.isFormer($0) }
        return (leaving, try staying.flatMap { try answers.log.alias(of: $0) } ?? leaving[0])
    }

    private func preview(_ leaving: [Alias], _ customer: Alias) throws {
        let answers = try ViewAnswers(folder: data.open(), catalogue: WayfoldProgram.catalogue)
        try ChangeListing(Preview(splitting: leaving, of: customer, in: answers)).write(as: format)
    }
}
