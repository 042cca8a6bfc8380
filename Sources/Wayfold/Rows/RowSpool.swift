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
/// The lines, and in eight bytes a row where each ends, lie in two files of the data folder that have no name: they go with
/// the spool, also where the process is killed. In memory is no more than what waits to be written, and while rows are
/// sorted what ``SortedRows`` takes. One caller writes; after ``finish()`` pages are read from any number of threads.
public final class RowSpool: @unchecked Sendable {
    private static let pieceByteCount = 1 << 16
    private static let endByteCount = MemoryLayout<Int>.size

    private let file: UnnamedFile
    /// Where each line ends.
    private let ends: UnnamedFile
    private let line: (Row, inout [UInt8]) -> Void
    private let makeRoom: (Int) throws -> Void
    /// What waits to be written.
    private var pending: [UInt8] = []
    private var pendingEnds: [UInt8] = []
    private var sorted: SortedRows?
    private var isFinished = false

    /// The rows of the answer, once it is finished.
    public private(set) var rowCount = 0
    /// The bytes of all lines.
    private var byteCount = 0

    /// - Parameters:
    ///   - format: of the lines, `ndjson` or `csv`; these have no header, which `CSVRow` makes.
    ///   - sort: nil: in the answer's own order.
    ///   - makeRoom: told the bytes of each piece before it is written; what it throws ends the writing.
    public init(
        folder: DataFolder, format: RowFormat, columns: [Column], sort: RowSort? = nil,
        makeRoom: @escaping (_ byteCount: Int) throws -> Void = { _ in }
    ) throws {
        precondition(format != .json, "an array has no lines of its own")
        file = try UnnamedFile(in: folder.path)
        ends = try UnnamedFile(in: folder.path)
        self.makeRoom = makeRoom
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

    /// Adds a row. About a microsecond; sorted two.
    public func write(_ row: Row) throws {
        precondition(!isFinished, "a spool that is finished takes no more rows")
        if sorted != nil { return try sorted!.add(row) }
        try writeLine(of: row)
    }

    /// Ends writing: sorts what is to be sorted. Pages can be read from here on.
    public func finish() throws {
        if var rows = sorted.take() { try rows.forEach(writeLine) }
        try flush()
        (pending, pendingEnds) = ([], [])
        isFinished = true
    }

    /// The lines of some rows, and where to go on; `next` is nil at the end. O(bytes of the page).
    ///
    /// - Parameter offset: 0, or what another page gave as `next`; for any other there are no lines.
    public func page(from offset: Int, count: Int) throws -> (lines: [UInt8], next: Int?) {
        precondition(isFinished, "a spool that is not finished has no pages")
        guard offset >= 0, offset < rowCount, count > 0 else { return ([], nil) }
        let end = min(count, rowCount - offset) + offset
        let start = try self.end(ofLines: offset)
        let lines = try file.read(at: start, count: try self.end(ofLines: end) - start)
        return (lines, end == rowCount ? nil : end)
    }

    /// Where the first lines end.
    private func end(ofLines count: Int) throws -> Int {
        guard count > 0 else { return 0 }
        let bytes = try ends.read(at: (count - 1) * Self.endByteCount, count: Self.endByteCount)
        return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private func writeLine(of row: Row) throws {
        let start = pending.count
        line(row, &pending)
        byteCount += pending.count - start
        for shift in 0..<Self.endByteCount { pendingEnds.append(UInt8(truncatingIfNeeded: byteCount >> (8 * shift))) }
        rowCount += 1
        guard pending.count >= Self.pieceByteCount else { return }
        try flush()
        pending.removeAll(keepingCapacity: true)
        pendingEnds.removeAll(keepingCapacity: true)
    }

    private func flush() throws {
        try makeRoom(pending.count + pendingEnds.count)
        try file.append(pending)
        try ends.append(pendingEnds)
    }
}
