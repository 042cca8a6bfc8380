import ArgumentParser
import Projections
import Wayfold

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write parts of views into files, all as they are at one position.",
        discussion: """
            Example: the scores as CSV, two views as one SQLite database, and how pandas reads the first.

              wayfold export rfm/customers --to scores.csv
              wayfold export rfm loyalty --to customers.sqlite
              wayfold export --to scores.csv --print-loader pandas > load.py && python3 -i load.py

            What of the parts is said as in a query:

              wayfold export rfm/customers --where 'segment=At risk' --to at-risk.csv
              wayfold export --customer member:1042 --to ada.sqlite

            VIEW alone is all its parts that can be asked with just what is given; nothing is every view's. A folder holds a file \
            a part and `manifest.json`; beside a file lies FILE.manifest.json. The manifest says position and policy, of \
            each part rows and columns with their kinds and units, and of each file its SHA-256.

            Ids are texts, and decimals keep all their digits; in SQLite, which has no decimals, COLUMN_units beside the \
            text is the integer of its digits. An export replaces an earlier one in one step; one that is interrupted \
            leaves that whole. --print-loader exports nothing: it prints what to run to read what lies at --to.
            """)

    @OptionGroup var data: DataOption

    @Argument(help: ArgumentHelp("The views and parts. (default: all)", valueName: "VIEW[/PART]"))
    var names: [String] = []

    @Option(help: ArgumentHelp("A folder, or a file that ends with .csv, .ndjson or .sqlite.", valueName: "dir|file"))
    var to: String

    @Option(help: "csv or ndjson: the files of a folder. (default: csv)")
    var format: ExportFormat?

    @OptionGroup var options: PartOptions

    @Option(help: ArgumentHelp("Only this customer: kind:value, or a value alone.", valueName: "alias"))
    var customer: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("A condition on a column; may be repeated.", valueName: "condition"))
    var conditions: [String] = []

    @OptionGroup var axes: AxisOptions

    @Option(
        name: .customLong("print-loader"),
        help: ArgumentHelp("Print what reads the export: pandas, duckdb, postgres or sqlite.", valueName: "program"))
    var loader: ExportLoader?

    func run() async throws {
        let target = try ExportTarget(to, format: format)
        if let loader {
            let output = TextOutput()
            try output.write(loader.text(for: target))
            return try output.flush()
        }
        let (manifest, folder) = try export(to: target)
        try await record(manifest, in: folder)
        try Report(manifest).writeAsUsual()
    }

    private func export(to target: ExportTarget) throws -> (ExportManifest, folder: String) {
        let catalogue = WayfoldProgram.catalogue
        let isPast = try axes.asOf != nil || axes.asKnown != nil || data.replay() != nil
        let selection = ExportSelection(customer: customer, conditions: conditions, options: try options.given)
        let parts = try catalogue.exportableParts(names, selection, ofThePast: isPast)
        let answers = try data.answers()
        let (asOf, asKnown) = try axes.axes.resolved(in: answers)
        let job = try ExportJob(parts, selection, to: target, asOf: asOf, asKnown: asKnown)
        let replaying = Progress("replaying", unit: "events")
        answers.replaying = { _, position, end in replaying.update(position, of: end) }
        let exporting = Progress("exporting", unit: "rows")
        defer { exporting.end() }
        let manifest = try job.run(answers) { rows in
            replaying.end()
            exporting.update(done: rows, share: nil)
        }
        return (manifest, answers.folder.path)
    }

    /// Who took what out of the folder, or out of a replay of it, stands in its log.
    private func record(_ manifest: ExportManifest, in folder: String) async throws {
        let session = try await WriteSession.open(DataOption(at: folder))
        let parts = manifest.parts.map { JSONString.quoted($0.part) }.joined(separator: ",")
        _ = try await session.recordAdmin(
            "admin.export.made", data: [("position", "\(manifest.position)"), ("parts", "[\(parts)]")])
        try await session.finishWithProgress()
    }
}

extension ExportFormat: ExpressibleByArgument {}
extension ExportLoader: ExpressibleByArgument {}

extension Report {
    fileprivate init(_ manifest: ExportManifest) {
        let columns: [Column] = [.text("part"), .text("file"), .integer("rows"), .flag("stale"), .integer("set_aside")]
        self = .fields([
            ("position", .integer(manifest.position)), ("as_of", .text(manifest.asOf)),
            (
                "parts",
                .rows(
                    columns,
                    manifest.parts.map { part in
                        [
                            .text(part.part), .text(part.file), .integer(Int64(part.rows)), .flag(part.stale),
                            .integer(Int64(part.setAside)),
                        ]
                    })
            ),
        ])
    }
}
