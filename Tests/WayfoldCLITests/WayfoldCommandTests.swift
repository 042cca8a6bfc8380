import ArgumentParser
import Testing

@testable import WayfoldCLI

@Suite struct WayfoldCommandTests {
    /// The command and all below it.
    private static func commands(below command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [command] + command.configuration.subcommands.flatMap { commands(below: $0) }
    }

    @Test func `every command has an example in its help`() {
        let commands = Self.commands(below: WayfoldCommand.self)
        #expect(commands.count == 37)
        for command in commands {
            let help = command.configuration.discussion
            #expect(help.hasPrefix("Example:") || help.contains("Example: "), "\(command)")
            #expect(help.contains("\n  wayfold "), "\(command)")
            #expect(!command.configuration.abstract.isEmpty, "\(command)")
        }
    }

    @Test func `examples are understood`() throws {
        for command in Self.commands(below: WayfoldCommand.self) {
            let lines = command.configuration.discussion.split(separator: "\n").filter { $0.hasPrefix("  wayfold ") }
            for line in lines where !line.contains(" > ") {
                let words = Self.words(of: line).dropFirst()
                #expect(throws: Never.self, "\(line)") { _ = try WayfoldCommand.parseAsRoot(Array(words)) }
            }
        }
    }

    /// As a shell reads a simple line: single quotes hold words together.
    private static func words(of line: Substring) -> [String] {
        line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap { index, piece in
            index % 2 == 1 ? [String(piece)] : piece.split(separator: " ").map(String.init)
        }
    }

    @Test(arguments: [
        ["bogus"], ["query", "--bogus"], ["query", "visits", "--limit", "x"], ["query", "--limit=-1", "visits"],
        ["query", "visits", "--format", "xml"], ["customer"], ["policy", "diff", "a"], ["import", "--format", "csv"],
        ["import", "--map", "x.yaml"], ["verify", "visits"], ["query", "visits", "--option", "by"],
        ["key", "create"], ["key", "create", "--scope", "ingest,"], ["key", "create", "--scope", "root"],
        ["key", "create", "--scope", "query", "--expires", "2020-01-01"], ["key", "revoke"],
        ["audit", "--out", "x"], ["audit", "member:1"], ["audit", "member:1", "--since", "3", "--out", "x"],
        ["audit", "--since", "3", "--as-known", "2", "--out", "x"],
        ["query", "bogus"], ["query", "visits/bogus"], ["rebuild", "bogus"], ["verify", "--deep", "bogus"],
    ])
    func `wrong usage is status 2 and says why`(arguments: [String]) async {
        let (status, output, remarks) = await Recorder.run(arguments, catalogue: .test)
        #expect(status == .wrongUsage)
        #expect(output == "")
        #expect(remarks.hasPrefix("wayfold: ") && !remarks.hasPrefix("wayfold: Error"))
    }

    @Test func `help is an answer`() async {
        let (status, output, remarks) = await Recorder.run(["query", "--help"])
        #expect(status == .done)
        #expect(output.contains("USAGE: wayfold query"))
        #expect(remarks == "")
    }

    @Test(arguments: [
        ["query", "visits"], ["status"], ["customer", "x"], ["verify"], ["tick"], ["rebuild"], ["key", "list"],
    ])
    func `without a data folder commands that need one fail`(arguments: [String]) async {
        let (status, output, remarks) = await Recorder.run(
            arguments, catalogue: .test, environment: ["WAYFOLD_DATA": "/nowhere/at-all"])
        #expect(status == .failed)
        #expect(output == "")
        #expect(remarks.hasPrefix("wayfold: there is no data folder /nowhere/at-all"))
    }
}
