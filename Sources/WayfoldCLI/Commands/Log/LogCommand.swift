import ArgumentParser

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Write the whole log as text, and make a log of it again.",
        discussion: """
            Example: the shop's log as files that any program reads, and a data folder of them.

              wayfold log export shop-log
              wayfold log import shop-log --data shop-again
            """,
        subcommands: [LogExportCommand.self, LogImportCommand.self])
}
