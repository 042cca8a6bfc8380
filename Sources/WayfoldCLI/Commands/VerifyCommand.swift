import ArgumentParser
import EventLog
import Projections
import Touchpoints
import Transparency

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the log's bytes, chain, tree and indexes; with --deep the views; or a proof.",
        discussion: """
            Example: everything, as a nightly job would.

              wayfold verify --deep --format ndjson

            Example: today's log against a checkpoint that was kept elsewhere; a receipt, without any log.

              wayfold verify --checkpoint /mnt/elsewhere/2026-03-31.checkpoint
              wayfold verify --proof A-1001.tlog-proof --key shop.example/journeys+8f7739fd+AQOh...

            The log is held against its tree of hashes and each checkpoint that was signed here, too; only one \
            that was kept elsewhere tells of somebody who could alter the whole folder. With --deep every customer is folded \
            once more, the slow way, and compared with the views (or with those that are named). Each finding is a row; the \
            status is 3 where there is any. Nothing is changed.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption

    @Option(
        help: ArgumentHelp(
            "A signed checkpoint that the log, or with --proof the proof, goes on from.", valueName: "file"))
    var checkpoint: String?

    @Option(help: ArgumentHelp("Only check a receipt or a proof of consistency.", valueName: "file"))
    var proof: String?

    @Option(
        help: ArgumentHelp("The key that must have signed. (default: the folder's own)", valueName: "key"))
    var key: String?

    @Flag(help: "Also hold the views against the slow fold of every customer.")
    var deep = false

    @Argument(help: ArgumentHelp("With --deep: only these views.", valueName: "view"))
    var views: [String] = []

    private static let columns: [Column] = [.text("of"), .integer("position"), .text("finding")]

    func validate() throws {
        if !deep && !views.isEmpty { throw ValidationError("views are checked with --deep only") }
        if deep && proof != nil { throw ValidationError("--proof checks a file alone") }
        if key != nil && checkpoint == nil && proof == nil {
            throw ValidationError("--key goes with --checkpoint or --proof")
        }
    }

    func run() throws {
        let audit = VerifyAudit(data: data, checkpoint: checkpoint, key: key)
        if let proof { return try audit.check(proofAt: proof) }
        let views = try WayfoldProgram.catalogue.names(views)
        let folder = try data.open()
        let verifier = try audit.verifier(of: folder)
        var count = 0
        try format.write(Self.columns) { emit in
            for finding in try findings(verifier) {
                try emit([.text("log"), .position(finding.position), .text(finding.what)])
                count += 1
            }
            // What a view says of a log that is damaged means nothing.
            guard deep, count == 0 else { return }
            let answers = try ViewAnswers(folder: folder, catalogue: WayfoldProgram.catalogue)
            guard answers.activePolicy != nil else { return }
            for view in views {
                for finding in try differences(of: view, answers) {
                    try emit([.text(view), .null, .text(finding.description)])
                    count += 1
                }
            }
        }
        if format.chosen == .table {
            Console.current.remark(count == 0 ? "nothing was found" : "\(count) findings")
        }
        if count > 0 { throw FoundDifference() }
    }

    private func findings(_ verifier: LogVerifier) throws -> [LogVerifier.Finding] {
        let progress = Progress("verifying the log", unit: "events")
        defer { progress.end() }
        return try verifier.verify { position, head in progress.update(position, of: head) }
    }

    private func differences(of view: String, _ answers: ViewAnswers) throws -> [Discrepancy] {
        let progress = Progress("folding \(view)", unit: "customers")
        defer { progress.end() }
        return try answers.check(view: view) { done, count in
            progress.update(done: done, share: Double(done) / Double(max(1, count)))
        }
    }
}

extension Catalogue {
    /// The views of those names, all where there is none; throws where one is unknown.
    func names(_ given: [String]) throws(QueryError) -> [String] {
        for name in given { _ = try projector(named: name) }
        return given.isEmpty ? names : given
    }
}

extension Value {
    /// A position, null before the first.
    static func position(_ position: Position) -> Value {
        position == .start ? .null : .integer(Int64(position.rawValue))
    }
}
