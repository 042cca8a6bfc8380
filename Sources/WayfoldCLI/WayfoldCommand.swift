import ArgumentParser
import Wayfold

/// The command line as a whole.
struct WayfoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wayfold",
        abstract: "Customer journeys, stages, segments and points from one log of events.",
        discussion: """
            Example: import a file of events and look at the segments.

              wayfold import purchases.ndjson
              wayfold query rfm/segments

            Exit status: 0 done, 1 failed, 2 wrong usage, 3 a check found a difference.
            """,
        version: ProgramVersion.text,
        subcommands: [
            ImportCommand.self, QueryCommand.self, CustomerCommand.self, ExplainCommand.self, ExportCommand.self,
            ReplayCommand.self,
            RebuildCommand.self, TickCommand.self, MergeCommand.self, SplitCommand.self, VoidCommand.self,
            VerifyCommand.self, CheckpointCommand.self, ProveCommand.self, WitnessCommand.self, AuditCommand.self,
            StatusCommand.self,
            PolicyCommand.self, SchemaCommand.self, KeyCommand.self, ServeCommand.self, BackupCommand.self,
            RestoreCommand.self, LogCommand.self,
        ])
}
