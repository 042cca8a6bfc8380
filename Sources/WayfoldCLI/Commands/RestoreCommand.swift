import ArgumentParser
import EventLog
import Touchpoints
import Transparency
import Wayfold

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a data folder of a backup; its log begins a new epoch.",
        discussion: """
            Example: the shop's log as it was when it was backed up last, in a folder of its own.

              wayfold restore /backups/shop --data shop-again

            Example: the same, held against a signed checkpoint that was kept elsewhere.

              wayfold restore /backups/shop --checkpoint /mnt/elsewhere/2026-03-31.checkpoint --key shop.example/log+8f7739fd+AQOh

            Every block is held against its digests; of a damaged backup no folder is made. Whoever has acknowledgements \
            of an earlier epoch sends again what they say of positions from `resend_from` on: what the log has is a \
            duplicate. Make new keys before you serve the folder, and a new signing key if you sign.
            """)

    @OptionGroup var data: DataOption

    @Argument(help: ArgumentHelp("The backup.", valueName: "src"))
    var source: String

    @Option(
        name: .customLong("checkpoint"),
        help: ArgumentHelp("A signed checkpoint that the log must go on from; may be repeated.", valueName: "file"))
    var checkpoints: [String] = []

    @Option(help: ArgumentHelp("The key that must have signed them.", valueName: "key"))
    var key: String?

    func validate() throws {
        if (key == nil) != checkpoints.isEmpty { throw ValidationError("--checkpoint and --key go together") }
    }

    func run() async throws {
        let signed = try key.map { key in
            let key = try NoteKey(option: key)
            return try checkpoints.map { try SignedCheckpoint(file: $0, signedBy: key) }
        }
        let backup = try LogBackup(openingAt: source)
        let progress = Progress("restoring", unit: "events")
        defer { progress.end() }
        let restored = try await Restoration(
            of: backup, at: data.path, holding: signed ?? [], worker: WayfoldProgram.worker
        ) {
            progress.update($0, of: $1)
        }
        progress.end()
        try await restored.session.finishWithProgress()
        try Report(restored).writeAsUsual()
    }
}

extension Report {
    /// Where a log was restored, and from where on to send again.
    init(_ restored: Restoration) {
        self = .fields([
            ("data", .text(restored.session.folder.path)), ("position", .integer(restored.position.rawValue)),
            ("epoch", .integer(restored.epoch)), ("resend_from", .integer(restored.position.next.rawValue)),
        ])
    }
}
