public import Projections

/// Comma-separated values by RFC 4180: a header, lines that end with CR LF, null as an empty field.
///
/// An empty text is `""`, so that it can be told from null.
struct CSVWriter: RowWriter {
    let output: TextOutput

    mutating func begin(_ columns: [Column]) throws { try output.write { CSVRow.append(header: columns, to: &$0) } }
    mutating func write(_ row: Row) throws { try output.write { CSVRow.append(row, to: &$0) } }
    mutating func end() throws {}
}

/// Lines of comma-separated values, each with its end.
public enum CSVRow {
    /// Appends the line with the columns' names.
    public static func append(header columns: [Column], to bytes: inout [UInt8]) {
        append(columns.map { .text($0.name) }, to: &bytes)
    }

    /// Appends one row's line.
    public static func append(_ row: Row, to bytes: inout [UInt8]) {
        for (index, value) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch value {
            case .text(let text): append(field: text, to: &bytes)
            // Digits, points, signs and letters need no quotation marks.
            default: bytes += (value.text ?? "").utf8
            }
        }
        bytes += "\r\n".utf8
    }

    private static func append(field text: String, to bytes: inout [UInt8]) {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { !isSpecial($0) }
        if isPlain {
            bytes += text.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
        default: false
        }
    }
}
