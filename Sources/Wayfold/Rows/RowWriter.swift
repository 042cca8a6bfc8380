public import Projections

/// Writes rows in one of the formats, as they come.
public protocol RowWriter {
    /// Before the first row.
    mutating func begin(_ columns: [Column]) throws
    /// One row, in the order of the columns.
    mutating func write(_ row: Row) throws
    /// After the last row: also writes what was kept back.
    mutating func end() throws
}
