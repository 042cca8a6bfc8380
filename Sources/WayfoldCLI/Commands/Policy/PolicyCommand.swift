import ArgumentParser

struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Check, compare, activate and show what the business decides.",
        discussion: """
            Example: begin with the default policy, change it, and put it in force.

              wayfold policy show > policy.yaml
              wayfold policy check policy.yaml
              wayfold policy activate policy.yaml
            """,
        subcommands: [
            PolicyCheckCommand.self, PolicyDiffCommand.self, PolicyActivateCommand.self, PolicyShowCommand.self,
        ])
}
