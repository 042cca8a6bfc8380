import Projections

/// One array of objects, a row a line.
struct JSONWriter: RowWriter {
    let output: TextOutput
    private var shape = JSONRow([])
    private var isFirst = true

    init(output: TextOutput) { self.output = output }

    mutating func begin(_ columns: [Column]) throws {
        shape = JSONRow(columns)
        try output.write("[")
    }

    mutating func write(_ row: Row) throws {
        try output.write((isFirst ? "\n" : ",\n") + shape.object(row))
        isFirst = false
    }

    mutating func end() throws { try output.write(isFirst ? "]\n" : "\n]\n") }
}

/// Newline-delimited JSON: an object a line.
struct JSONLinesWriter: RowWriter {
    let output: TextOutput
    private var shape = JSONRow([])

    init(output: TextOutput) { self.output = output }

    mutating func begin(_ columns: [Column]) throws { shape = JSONRow(columns) }
    mutating func write(_ row: Row) throws { try output.writeLine(shape.object(row)) }
    mutating func end() throws {}
}

/// How rows of some columns become JSON objects: money is decimal text, a measured number is a number.
struct JSONRow {
    /// The names with quotation marks and colons.
    private let names: [String]
    private let kinds: [Column.Kind]

    init(_ columns: [Column]) {
        names = columns.map { JSONString.quoted($0.name) + ":" }
        kinds = columns.map(\.kind)
    }

    func object(_ row: Row) -> String {
        var text = "{"
        for (index, value) in row.enumerated() {
            if index > 0 { text += "," }
            text += names[index]
            text += kinds[index] == .number ? value.text ?? "null" : value.json
        }
        return text + "}"
    }
}
