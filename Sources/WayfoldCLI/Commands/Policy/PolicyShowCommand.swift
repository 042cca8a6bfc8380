import ArgumentParser
import Wayfold

struct PolicyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the policy in force, as it was written.",
        discussion: """
            Example: a file to begin with.

              wayfold policy show > policy.yaml

            Without a data folder it is the default policy, which ships.
            """)

    @OptionGroup var data: DataOption

    func run() throws {
        let text = try PolicyText.inForce(data)
        let output = TextOutput()
        try output.write(text.hasSuffix("\n") ? text : text + "\n")
        try output.flush()
    }
}
