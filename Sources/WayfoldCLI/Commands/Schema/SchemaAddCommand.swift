import ArgumentParser
import Touchpoints
import Wayfold

struct SchemaAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Put a JSON Schema in force for a type of your own.",
        discussion: """
            Example:

              wayfold schema add seat.chosen seat.chosen.json

            Events of the type that come from now on are checked by it; properties that it marks with "x-personal", \
            and those that it does not name, are kept as personal. It is recorded in the log. A later one for the same \
            type is its next version. Built-in types keep theirs.
            """)

    @OptionGroup var data: DataOption

    @Argument(help: "The type of the events, such as seat.chosen.")
    var type: String

    @Argument(help: "The schema's file (JSON Schema, draft 2020-12).")
    var file: String

    @Option(help: ArgumentHelp("Why, for the log.", valueName: "text"))
    var note: String?

    @Flag(name: .customLong("dry-run"), help: "Only check it, and say which version it would be.")
    var isDryRun = false

    func run() async throws {
        let text = try FileText.read(file)
        var registry = try SchemaText.registry(data)
        var version = registry.nextVersion(of: type)
        do throws(SchemaError) {
            try registry.activate(type: type, version: version, json: text)
        } catch {
            throw Failure("\(file): \(error)")
        }
        var position: Position?
        if !isDryRun {
            let session = try await WriteSession.open(data)
            let recorded = try await session.addSchema(type: type, text: text, note: note)
            (position, version) = (recorded.position, recorded.version)
            try await session.finishWithProgress()
        }
        try Report.fields([
            ("type", .text(type)), ("version", .integer(version)),
            ("position", position.map { .integer($0.rawValue) } ?? .value(.null)), ("dry_run", .value(.flag(isDryRun))),
        ]).writeAsUsual()
    }
}
