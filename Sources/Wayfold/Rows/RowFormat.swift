/// The forms in which programs read rows. In all of them ids are texts, decimals keep their digits, and null can be told
/// from an empty text.
public enum RowFormat: String, CaseIterable, Sendable {
    /// One array of objects, a row a line.
    case json
    /// An object a line.
    case ndjson
    /// RFC 4180.
    case csv
}

extension RowFormat {
    /// A writer of rows in this format.
    public func writer(to output: TextOutput) -> any RowWriter {
        switch self {
        case .json: JSONWriter(output: output)
        case .ndjson: JSONLinesWriter(output: output)
        case .csv: CSVWriter(output: output)
        }
    }
}
