import ArgumentParser

@main
struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure one thing inside a process, and print figures as one line of JSON.",
        subcommands: [
            IngestCommand.self, Fill.self, Rebuild.self, Job.self, Answers.self, Decode.self, Scan.self, Append.self,
            Lookup.self, Freshness.self,
        ])
}
