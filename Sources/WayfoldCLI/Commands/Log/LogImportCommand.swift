import ArgumentParser
import Touchpoints
import Wayfold

struct LogImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a data folder of a log as text; it begins a new epoch.",
        discussion: """
            Example: the shop's log from an archive, in a folder of its own.

              wayfold log import shop-log --data shop-again

            The events stand at the same positions, with the same root. Each line is held against the others, and the whole \
            against the manifest: of a log in which anything was altered no folder is made, and file, line and field are named. As \
            after `wayfold restore`, whoever has acknowledgements of an earlier epoch sends again what they say of positions from \
            `resend_from` on.
            """)

    @OptionGroup var data: DataOption

    @Argument(help: ArgumentHelp("What `wayfold log export` has written.", valueName: "dir"))
    var source: String

    func run() async throws {
        let transcript = try Transcript(openingAt: source)
        let progress = Progress("reading the log", unit: "events")
        defer { progress.end() }
        let restored = try await Restoration(of: transcript, at: data.path, worker: WayfoldProgram.worker) {
            progress.update($0, of: $1)
        }
        progress.end()
        try await restored.session.finishWithProgress()
        try Report(restored).writeAsUsual()
    }
}
