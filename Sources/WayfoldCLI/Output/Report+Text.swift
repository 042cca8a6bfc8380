import Projections
import Wayfold

extension Report {
    static func texts(_ name: String, _ texts: [String]) -> Report { .rows([.text(name)], texts.map { [.text($0)] }) }

    /// Writes the report in a format; CSV has no place for one.
    func write(as format: OutputFormat) throws {
        let output = TextOutput()
        switch format {
        case .json, .ndjson: try output.writeLine(json)
        case .table: try writeText(to: output, indent: "", width: Console.current.width)
        case .csv: throw UsageError("this answer is no table, so there is no CSV of it: use --format json")
        }
        try output.flush()
    }

    /// Writes the report of a command that has no option for it: readable on a terminal, JSON in a pipe.
    func writeAsUsual() throws { try write(as: Console.current.isOutputTerminal ? .table : .json) }

    /// Named values in two columns, everything else below its name.
    func writeText(to output: TextOutput, indent: String, width: Int?) throws {
        switch self {
        case .value(let value): try output.writeLine(indent + value.shown)
        case .fields(let fields):
            let longest = fields.map(\.name.count).max() ?? 0
            for (name, report) in fields {
                if case .value(let value) = report {
                    let padding = String(repeating: " ", count: longest - name.count)
                    try output.writeLine("\(indent)\(name)\(padding)  \(value.shown)")
                } else {
                    try output.writeLine("\n\(indent)\(name)")
                    try report.writeText(to: output, indent: indent + "  ", width: width)
                }
            }
        case .list(let reports):
            for report in reports { try report.writeText(to: output, indent: indent, width: width) }
        case .json(let text): try output.writeLine(indent + text)
        case .rows(_, let rows) where rows.isEmpty: try output.writeLine(indent + "none")
        case .rows(let columns, let rows):
            // The table's lines, each behind the indent.
            let lines = TextOutput { bytes in
                for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
                    try output.writeLine(indent + String(decoding: line, as: UTF8.self))
                }
            }
            var table = TableWriter(output: lines, width: width.map { $0 - indent.count })
            try table.begin(columns)
            for row in rows { try table.write(row) }
            try table.end()
            try lines.flush()
        }
    }
}
