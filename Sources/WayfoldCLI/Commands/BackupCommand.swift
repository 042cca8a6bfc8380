import ArgumentParser
import EventLog
import Wayfold

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the log into a folder of its own, also while it is served.",
        discussion: """
            Example: every night what is new, and how one comes back from it.

              wayfold backup /backups/shop
              wayfold restore /backups/shop --data shop-again

            A backup that is there already is brought to the log's head: only what is new is read and written. Every block \
            is held against its digests first, and read back. A run that is interrupted leaves a whole backup of the log as it \
            was some events before. Keys to the service are not in it, nor is anything that can be made from the log again.
            """)

    @OptionGroup var data: DataOption

    @Argument(help: ArgumentHelp("A folder: nothing yet, or an earlier backup.", valueName: "dest"))
    var destination: String

    func run() throws {
        let source = try data.open()
        let progress = Progress("backing up", unit: "events")
        defer { progress.end() }
        let backup = try LogBackup(of: source, at: destination)
        let outcome = try backup.update(from: source) { progress.update($0, of: $1) }
        progress.end()
        try Report.fields([
            ("backup", .text(backup.path)), ("position", .integer(outcome.position.rawValue)),
            ("epoch", .integer(Int64(source.epoch))), ("events", .integer(outcome.events)),
            ("bytes", .integer(outcome.byteCount)),
        ]).writeAsUsual()
    }
}
