import ArgumentParser

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Say who may use the service, and for what.",
        discussion: """
            Example: a key for the shop's server, which may append events and nothing else.

              wayfold key create --scope ingest --note 'web shop' --expires 2027-12-31
              wayfold key list
              wayfold key revoke k3mzq2aabbcc
            """,
        subcommands: [KeyCreateCommand.self, KeyListCommand.self, KeyRevokeCommand.self])
}
