import ArgumentParser
import Projections
import Wayfold

/// How an answer is written.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, ndjson, csv
}

extension OutputFormat {
    /// A writer of this format.
    ///
    /// - Parameter width: the columns of the terminal, which a table is fitted to; nil: lines of any length.
    func writer(to output: TextOutput, width: Int?) -> any RowWriter {
        switch self {
        case .table: TableWriter(output: output, width: width)
        case .json: RowFormat.json.writer(to: output)
        case .ndjson: RowFormat.ndjson.writer(to: output)
        case .csv: RowFormat.csv.writer(to: output)
        }
    }
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

extension TextOutput {
    /// The answer of the command that runs.
    convenience init() { self.init(to: Console.current.output) }
}
