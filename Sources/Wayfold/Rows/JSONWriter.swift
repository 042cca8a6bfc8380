public import Projections

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
        try output.write { bytes in
            bytes += (isFirst ? "\n" : ",\n").utf8
            shape.append(row, to: &bytes)
        }
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

    mutating func write(_ row: Row) throws {
        try output.write { bytes in
            shape.append(row, to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    mutating func end() throws {}
}

/// How rows of some columns become JSON objects, without a line's end in them: money is decimal text, a measured number
/// is a number.
public struct JSONRow: Sendable {
    /// The names with quotation marks and colons, and what stands before each.
    private let names: [[UInt8]]
    private let kinds: [Column.Kind]

    public init(_ columns: [Column]) {
        names = columns.enumerated().map { index, column in
            Array(((index == 0 ? "{" : ",") + JSONString.quoted(column.name) + ":").utf8)
        }
        kinds = columns.map(\.kind)
    }

    /// Appends one row's object.
    public func append(_ row: Row, to bytes: inout [UInt8]) {
        if row.isEmpty { bytes.append(UInt8(ascii: "{")) }
        for (index, value) in row.enumerated() {
            bytes += names[index]
            if kinds[index] == .number {
                bytes += (value.text ?? "null").utf8
            } else {
                value.appendJSON(to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    public func object(_ row: Row) -> String {
        var bytes: [UInt8] = []
        append(row, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
