import Projections

/// Writes rows in one of the formats, as they come.
protocol RowWriter {
    /// Before the first row.
    mutating func begin(_ columns: [Column]) throws
    /// One row, in the order of the columns.
    mutating func write(_ row: Row) throws
    /// After the last row: also writes what was kept back.
    mutating func end() throws
}

extension OutputFormat {
    /// A writer of this format.
    ///
    /// - Parameter width: the columns of the terminal, which a table is fitted to; nil: lines of any length.
    func writer(to output: TextOutput, width: Int?) -> any RowWriter {
        switch self {
        case .table: TableWriter(output: output, width: width)
        case .json: JSONWriter(output: output)
        case .ndjson: JSONLinesWriter(output: output)
        case .csv: CSVWriter(output: output)
        }
    }
}
