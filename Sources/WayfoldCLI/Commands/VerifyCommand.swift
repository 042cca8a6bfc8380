import ArgumentParser
import EventLog
import Projections
import Touchpoints

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the log's bytes, chain and indexes; with --deep the views, too.",
        discussion: """
            Example: everything, as a nightly job would.

              wayfold verify --deep --format ndjson

            With --deep every customer is folded once more, the slow way, and compared with the views (or with those \
            that are named). Each finding is a row; the status is 3 where there is any. Nothing is changed.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption

    @Flag(help: "Also hold the views against the slow fold of every customer.")
    var deep = false

    @Argument(help: ArgumentHelp("With --deep: only these views.", valueName: "view"))
    var views: [String] = []

    private static let columns: [Column] = [.text("of"), .integer("position"), .text("finding")]

    func validate() throws {
        if !deep && !views.isEmpty { throw ValidationError("views are checked with --deep only") }
    }

    func run() throws {
        let views = try WayfoldProgram.catalogue.names(views)
        let folder = try data.open()
        var count = 0
        try format.write(Self.columns) { emit in
            for finding in try logFindings(folder) {
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

    private func logFindings(_ folder: DataFolder) throws -> [LogVerifier.Finding] {
        let progress = Progress("verifying the log", unit: "events")
        defer { progress.end() }
        return try LogVerifier(folder: folder).verify { position, head in progress.update(position, of: head) }
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
