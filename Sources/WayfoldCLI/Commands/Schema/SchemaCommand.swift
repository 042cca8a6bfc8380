import ArgumentParser

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Say of what form the data of your own types of events are.",
        discussion: """
            Example: a type of your own, checked from now on.

              wayfold schema check seat.chosen.json
              wayfold schema add seat.chosen seat.chosen.json
            """,
        subcommands: [SchemaAddCommand.self, SchemaCheckCommand.self, SchemaListCommand.self])
}
