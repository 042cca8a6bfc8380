import ArgumentParser
import EventLog
import Wayfold

struct LogExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the whole log as text, also while it is served.",
        discussion: """
            Example: the log for an archive, or for a program that is not ours.

              wayfold log export shop-log

            The folder holds events.ndjson, an event a line as CloudEvents JSON, by position; headers.ndjson, of each its leaf in the log's \
            tree of hashes; salts.ndjson, with which the hashes in these were made; the folder's secret, by which duplicates are known; and \
            manifest.json with the root of the tree and the SHA-256 of each file. Keep it like a backup: it tells of persons. In \
            headers.ndjson nothing is personal, and its lines give the root.
            """)

    @OptionGroup var data: DataOption

    @Argument(help: ArgumentHelp("A folder: nothing yet, or an empty one.", valueName: "dir"))
    var destination: String

    func run() throws {
        let source = try data.open()
        let progress = Progress("writing the log", unit: "events")
        defer { progress.end() }
        let manifest = try TranscriptExport(source, to: destination).run { progress.update($0, of: $1) }
        progress.end()
        try Report.fields([
            ("log", .text(destination)), ("events", .integer(Int64(manifest.events))), ("root", .text(manifest.root)),
            ("epoch", .integer(Int64(manifest.epoch))),
            ("bytes", .integer(Int64(manifest.files.reduce(0) { $0 + $1.bytes }))),
        ]).writeAsUsual()
    }
}
