import Projections

/// Comma-separated values by RFC 4180: a header, lines that end with CR LF, null as an empty field.
///
/// An empty text is `""`, so that it can be told from null.
struct CSVWriter: RowWriter {
    let output: TextOutput

    mutating func begin(_ columns: [Column]) throws {
        try output.write(columns.map { Self.field($0.name) }.joined(separator: ",") + "\r\n")
    }

    mutating func write(_ row: Row) throws {
        try output.write(row.map { $0.text.map(Self.field) ?? "" }.joined(separator: ",") + "\r\n")
    }

    mutating func end() throws {}

    private static func field(_ text: String) -> String {
        let special: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        guard text.isEmpty || text.utf8.contains(where: special.contains) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
