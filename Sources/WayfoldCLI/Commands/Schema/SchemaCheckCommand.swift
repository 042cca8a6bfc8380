import ArgumentParser
import Touchpoints
import Wayfold

struct SchemaCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say whether a file is a JSON Schema that can be put in force.",
        discussion: """
            Example:

              wayfold schema check seat.chosen.json

            The first fault is a line FILE: /PLACE/IN/THE/SCHEMA: what was expected, and the status is 1.
            """)

    @Argument(help: "The schema's file.")
    var file: String

    func run() throws {
        let text = try FileText.read(file)
        do throws(SchemaError) {
            _ = try EventSchema(json: text)
        } catch {
            let output = TextOutput()
            try output.writeLine("\(file): \(error)")
            try output.flush()
            throw AlreadyReported()
        }
    }
}
