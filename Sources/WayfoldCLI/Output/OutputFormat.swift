import ArgumentParser
import Projections

/// How an answer is written.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, ndjson, csv
}

/// The option `--format` of every command that shows data.
struct FormatOption: ParsableArguments {
    @Option(help: "table, json, ndjson or csv. (default: table on a terminal, ndjson in a pipe)")
    var format: OutputFormat?

    var chosen: OutputFormat { format ?? (Console.current.isOutputTerminal ? .table : .ndjson) }
}

extension FormatOption {
    /// Writes an answer of rows, and hands on everything that waits.
    func write(_ columns: [Column], _ body: (_ emit: (Row) throws -> Void) throws -> Void) throws {
        let output = TextOutput()
        var writer = chosen.writer(to: output, width: Console.current.width)
        try writer.begin(columns)
        try body { try writer.write($0) }
        try writer.end()
        try output.flush()
    }
}
