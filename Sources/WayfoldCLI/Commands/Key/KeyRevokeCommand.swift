import ArgumentParser
import Touchpoints
import Wayfold

struct KeyRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Let a key open nothing any more, from now on.",
        discussion: """
            Example: find the id, and revoke the key.

              wayfold key list
              wayfold key revoke k3mzq2aabbcc

            It holds at once, also for a service that is running, and is recorded in the log. A key that was revoked \
            before stays so.
            """)

    @OptionGroup var data: DataOption

    @Argument(help: "The id of the key: what stands between wf_ and the next _ of its token.")
    var id: String

    @Flag(name: .customLong("dry-run"), help: "Only say whether there is such a key.")
    var isDryRun = false

    func run() async throws {
        let known = try AccessKeys(folder: data.open()).list().first { $0.id == id }
        guard let known else { throw Failure("there is no key \(id): `wayfold key list` lists them") }
        var position: Position?
        if !isDryRun, known.revoked == nil {
            let session = try await WriteSession.open(data)
            position = try await session.revokeKey(id)
            try await session.finishWithProgress()
        }
        try Report.fields([
            ("id", .text(id)), ("revoked_before", .value(.flag(known.revoked != nil))),
            ("position", position.map { .integer($0.rawValue) } ?? .value(.null)), ("dry_run", .value(.flag(isDryRun))),
        ]).writeAsUsual()
    }
}
