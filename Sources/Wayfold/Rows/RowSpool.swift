public import EventLog
public import Projections

/// The rows of one answer, written once and read page by page: every page is of the same answer, whatever the views do.
///
/// ```swift
/// let spool = try RowSpool(folder: folder, format: .ndjson, columns: columns, sort: sort)
/// try views.answer(question) { try spool.write($0) }
/// try spool.finish()
/// let (lines, next) = try spool.page(from: 0, count: 1_000)
/// ```
/// The lines lie in a file of the data folder that has no name: it goes with the spool, also where the process is killed.
/// In memory are eight bytes a row, and while rows are sorted what ``SortedRows`` takes. One caller writes; after
/// ``finish()`` pages are read from any number of threads.
public final class RowSpool: @unchecked Sendable {
    private static let pieceByteCount = 1 << 16

    private let file: UnnamedFile
    private let line: (Row, inout [UInt8]) -> Void
    /// What waits to be written.
    private var pending: [UInt8] = []
    /// Where each line ends.
    private var ends: [Int] = []
    private var sorted: SortedRows?
    private var isFinished = false

    /// The bytes of all lines.
    public private(set) var byteCount = 0

    /// - Parameters:
    ///   - format: of the lines, `ndjson` or `csv`; these have no header, which `CSVRow` makes.
    ///   - sort: nil: in the answer's own order.
    public init(folder: DataFolder, format: RowFormat, columns: [Column], sort: RowSort? = nil) throws {
        precondition(format != .json, "an array has no lines of its own")
        file = try UnnamedFile(in: folder.path)
        sorted = sort.map { SortedRows(by: $0, columns: columns, folder: folder) }
        if format == .csv {
            line = { CSVRow.append($0, to: &$1) }
        } else {
            let shape = JSONRow(columns)
            line = { row, bytes in
                shape.append(row, to: &bytes)
                bytes.append(UInt8(ascii: "\n"))
            }
        }
    }

    /// The rows of the answer, once it is finished.
    public var rowCount: Int { ends.count }

    /// Adds a row. About a microsecond; sorted two.
    public func write(_ row: Row) throws {
        precondition(!isFinished, "a spool that is finished takes no more rows")
        if sorted != nil { return try sorted!.add(row) }
        try writeLine(of: row)
    }

    /// Ends writing: sorts what is to be sorted. Pages can be read from here on.
    public func finish() throws {
        if var rows = sorted.take() { try rows.forEach(writeLine) }
        try file.append(pending)
        pending = []
        isFinished = true
    }

    /// The lines of some rows, and where to go on; `next` is nil at the end. O(bytes of the page).
    ///
    /// - Parameter offset: 0, or what another page gave as `next`; for any other there are no lines.
    public func page(from offset: Int, count: Int) throws -> (lines: [UInt8], next: Int?) {
        precondition(isFinished, "a spool that is not finished has no pages")
        guard offset >= 0, offset < ends.count, count > 0 else { return ([], nil) }
        let end = min(count, ends.count - offset) + offset
        let start = offset == 0 ? 0 : ends[offset - 1]
        let lines = try file.read(at: start, count: ends[end - 1] - start)
        return (lines, end == ends.count ? nil : end)
    }

    private func writeLine(of row: Row) throws {
        let start = pending.count
        line(row, &pending)
        byteCount += pending.count - start
        ends.append(byteCount)
        guard pending.count >= Self.pieceByteCount else { return }
        try file.append(pending)
        pending.removeAll(keepingCapacity: true)
    }
}
