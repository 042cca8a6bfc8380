import ArgumentParser
import Policies

struct PolicyDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what differs between two policies.",
        discussion: """
            Example: what a file would change.

              wayfold policy diff active policy.yaml

            A and B are files, `active` (the one in force) or `default` (the one that ships). What a file leaves out \
            is as in the default policy. The status is 3 where they differ.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var format: FormatOption

    @Argument(help: "The policy before: a file, active or default.")
    var a: String

    @Argument(help: "The policy after: a file, active or default.")
    var b: String

    func run() throws {
        let changes = Policy.diff(try PolicyText.policy(named: a, data), try PolicyText.policy(named: b, data))
        try format.write(PolicyText.columns) { emit in
            for change in changes { try emit(PolicyText.row(change)) }
        }
        if !changes.isEmpty { throw FoundDifference() }
    }
}
