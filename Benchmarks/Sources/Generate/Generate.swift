import ArgumentParser

@main
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write made-up customer events as CloudEvents, one a line: the same bytes for the same arguments.")

    @Option(help: "How many events.")
    var events = 1_000_000

    @Option(help: "How many customers there are to have events.")
    var customers = 500_000

    @Option(help: "What all that is random follows from.")
    var seed: UInt64 = 1

    @Option(help: "The file to write.")
    var out: String

    func validate() throws {
        // Each event has a time of its own, in milliseconds of two years.
        guard (1_000...1_000_000_000).contains(events) else { throw ValidationError("--events is 1000 to 1000000000") }
        guard (1...99_999_999).contains(customers) else { throw ValidationError("--customers is 1 to 99999999") }
    }

    func run() throws {
        var workload = Workload(events: events, customers: customers, seed: seed)
        var output = try LineOutput(path: out)
        for index in 0..<events { try workload.write(index, into: &output) }
        try output.flush()
    }
}
