import ArgumentParser
import Projections
import Wayfold

struct KeyListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the keys, also those that open nothing any more.",
        discussion: """
            Example:

              wayfold key list --format csv
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption

    private static let columns: [Column] = [
        .text("id"), .text("scopes"), .time("created"), .time("expires"), .time("revoked"), .flag("valid"),
        .text("note"),
    ]

    func run() throws {
        let keys = try AccessKeys(folder: data.open()).list()
        let now = SystemClock.now()
        try format.write(Self.columns) { emit in
            for key in keys {
                try emit([
                    .text(key.id), .text(key.scopes.names.joined(separator: ",")), .time(key.created),
                    key.expires.map(Value.time) ?? .null, key.revoked.map(Value.time) ?? .null,
                    .flag(key.isValid(at: now)), key.note.map(Value.text) ?? .null,
                ])
            }
        }
    }
}
