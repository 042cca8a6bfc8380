import ArgumentParser
import Projections
import Touchpoints
import Wayfold

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract:
            "Fold views anew into a folder of their own, under the same policies or another one; show what differs.",
        discussion: """
            Example: what a policy would have made of everything so far, in total and by customer; and kept to be asked.

              wayfold replay --policy new.yaml --diff --totals
              wayfold replay --policy new.yaml --diff --view loyalty --format csv > changed.csv
              wayfold replay --policy new.yaml --out what-if
              wayfold query loyalty/members --data what-if

            The log is read and nothing else: a service that runs goes on. --out keeps the views in DIR, which query, \
            customer and export read with --data DIR; a replay that was interrupted is gone on with by the same command. \
            --to ends the replay earlier than at the head of the log, and --from begins it later: what came before counts \
            for nothing then.

            --policy puts a policy in the place of all that were ever activated, or with --policy-from of those from that \
            position on: there it is activated instead. Views in occurred order fold everything under it; ledgers book under \
            it what lies behind. What was decided when events came (who is whom, what was refused) stays as it was decided.

            --diff compares with the live views at the same position, --diff DIR with another replay or data folder; with \
            --data DIR a replay that was made before is compared. Each value that differs is a row; --totals gives instead, \
            of customers and members, how many moved from which value to which, and sums before and after. The status is 3 \
            where something differs.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption

    @Option(name: .customLong("view"), help: ArgumentHelp("Only this view; may be repeated.", valueName: "view"))
    var views: [String] = []

    @Option(
        help: ArgumentHelp("The beginning: events before it count for nothing. (default: 1)", valueName: "position"))
    var from: UInt64?

    @Option(
        name: [.customLong("to"), .customLong("as-known")],
        help: ArgumentHelp(
            "The end: a position, or a time: RFC 3339, or a date for its end.", valueName: "position|time"),
        transform: PositionArgument.init)
    var end: PositionArgument?

    @Option(help: ArgumentHelp("A policy in the place of those that were activated.", valueName: "file"))
    var policy: String?

    @Option(
        name: .customLong("policy-from"),
        help: ArgumentHelp("Where the policy is activated instead. (default: 1)", valueName: "position"))
    var policyFrom: UInt64?

    @Option(help: ArgumentHelp("Keep the views there.", valueName: "dir"))
    var out: String?

    @Option(
        defaultAsFlag: DiffOperand.live,
        help: ArgumentHelp("Show what differs from the live views, or from those in DIR.", valueName: "dir"))
    var diff: DiffOperand? = nil

    @Flag(help: "With --diff: only what moved in total.")
    var totals = false

    func validate() throws {
        if out == nil && diff == nil {
            throw ValidationError("--out DIR keeps the replay, --diff compares it: say which")
        }
        if totals && diff == nil { throw ValidationError("--totals is for --diff") }
        if policyFrom != nil && policy == nil { throw ValidationError("--policy-from is for --policy") }
        if from == 0 || policyFrom == 0 { throw ValidationError("positions begin at 1") }
    }

    func run() throws {
        let views = try WayfoldProgram.catalogue.names(views)
        let (after, outcomes) = try replay(views)
        guard let diff else { return try tell(outcomes, at: after) }
        let listing = DifferenceListing(try differences(diff, to: after), of: views)
        if try listing.write(as: format, totals: totals) { throw FoundDifference() }
    }
}

/// The replay.
extension ReplayCommand {
    private func replay(_ views: [String]) throws -> (ViewAnswers, [ReplayOutcome]) {
        if let made = try data.replay() {
            guard out == nil, policy == nil, from == nil, end == nil else {
                throw UsageError("\(data.path) is a replay that was made already: --diff is all that it takes")
            }
            return (try made.answers(WayfoldProgram.catalogue), [])
        }
        let source = try data.answers()
        guard source.head > .start else { throw QueryError("the log is empty") }
        let position = try Axes(asKnown: end).resolved(in: source).asKnown
        let supposed = try policy.map { try PolicyText.supposed(ofFile: $0, from: Position(policyFrom ?? 1)) }
        let first = Position(from ?? 1)
        guard let out else {
            let scenario = try Scenario(from: first, position: position ?? source.head, policy: supposed?.active)
            let answers = try ViewAnswers(
                folder: source.folder, catalogue: WayfoldProgram.catalogue, scenario: scenario, keptAt: nil)
            return (answers, [])
        }
        let job = try ReplayJob(of: source, from: first, at: position, under: supposed, into: out)
        let progress = Progress("replaying", unit: "events")
        defer { progress.end() }
        progress.follow(job.answers, viewCount: views.count)
        return (job.answers, try job.run(views))
    }

    private func tell(_ outcomes: [ReplayOutcome], at answers: ViewAnswers) throws {
        let columns: [Column] = [
            .text("view"), .integer("position"), .integer("policy"), .flag("supposed"), .text("digest"),
            .integer("set_aside"),
        ]
        let policy = answers.activePolicy(at: answers.head).map { Value.position($0.position) } ?? .null
        let isSupposed = Value.flag(self.policy != nil)
        try format.write(columns) { emit in
            for outcome in outcomes {
                try emit([
                    .text(outcome.view), .position(answers.head), policy, isSupposed, .text("\(outcome.digest)"),
                    .integer(Int64(outcome.setAside)),
                ])
            }
        }
    }
}

/// The comparison.
extension ReplayCommand {
    private func differences(_ operand: DiffOperand, to after: ViewAnswers) throws -> Differences {
        switch operand {
        case .live:
            let live = try ViewAnswers(folder: after.folder, catalogue: WayfoldProgram.catalogue)
            return Differences(from: live, at: after.head, to: after)
        case .folder(let path): return Differences(from: try DataOption(at: path).answers(), to: after)
        }
    }
}

/// With what a replay is compared.
enum DiffOperand: ExpressibleByArgument, CustomStringConvertible {
    case live
    case folder(String)

    init?(argument: String) { self = .folder(argument) }

    var description: String {
        switch self {
        case .live: "the live views"
        case .folder(let path): path
        }
    }
}
