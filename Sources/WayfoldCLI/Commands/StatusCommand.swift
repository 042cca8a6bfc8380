import ArgumentParser
import Projections

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the log, the views, and what needs attention.",
        discussion: """
            Example: how far the views are behind the log.

              wayfold status --format json

            `lag` counts the events that a view has yet to fold; queries fold them in memory. A customer is set aside \
            from a view when its fold fails at one of the customer's events. `replays` are past answers that are kept to \
            be used again; the folder `replays` may be deleted at any time.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption

    func run() throws {
        let folder = try data.open()
        let answers = try ViewAnswers(folder: folder, catalogue: WayfoldProgram.catalogue)
        try StatusPage(answers: answers, folder: folder).report().write(as: format.chosen)
    }
}
