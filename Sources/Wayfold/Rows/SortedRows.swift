public import EventLog
public import Projections

/// Puts rows into another order, in bounded memory: runs that are full are sorted and spilled to files without a name,
/// and merged in the end.
///
/// About a microsecond a row. Nothing is written while all rows fit, nor where few of them are wanted.
public struct SortedRows {
    /// Bytes of rows that are held before a run is spilled.
    private static let standardMemory = 64 << 20

    private let sort: RowSort
    private let columnCount: Int
    private let folder: String
    private let limit: Int
    private let memoryByteCount: Int
    private var run = RowRun()
    private var spilled: [SpilledRows] = []

    /// - Parameters:
    ///   - folder: where runs are spilled.
    ///   - limit: how many rows are wanted: the first in the order; nil: all.
    public init(by sort: RowSort, columns: [Column], folder: DataFolder, limit: Int? = nil) {
        self.init(by: sort, columns: columns, folder: folder.path, limit: limit)
    }

    init(
        by sort: RowSort, columns: [Column], folder: String, limit: Int? = nil, memoryByteCount: Int = standardMemory
    ) {
        self.sort = sort
        columnCount = columns.count
        self.folder = folder
        self.limit = limit ?? .max
        self.memoryByteCount = memoryByteCount
    }

    public mutating func add(_ row: Row) throws {
        run.add(row, by: sort)
        // Rows that cannot be among those wanted are dropped now and then.
        if limit < run.count / 2, run.count >= 1_024 { run.cut(to: limit) }
        if run.byteCount > memoryByteCount { try spill() }
    }

    /// Calls `body` for each row in the order; nothing can be added after. Once.
    public mutating func forEach(_ body: (Row) throws -> Void) throws {
        if spilled.isEmpty {
            run.sort()
            for index in 0..<min(limit, run.count) { try body(run.row(at: index, count: columnCount)) }
            return
        }
        try spill()
        var left = limit
        while left > 0, let first = firstRun() {
            try body(spilled[first].row(count: columnCount))
            if try !spilled[first].advance() { spilled.remove(at: first) }
            left -= 1
        }
    }

    private mutating func spill() throws {
        guard run.count > 0 else { return }
        run.sort()
        spilled.append(try SpilledRows(run, in: folder))
        run = RowRun()
    }

    /// The run whose next row comes first; of equal ones the earlier run, which holds the earlier rows.
    private func firstRun() -> Int? {
        guard var first = spilled.indices.first else { return nil }
        for index in spilled.indices.dropFirst() where spilled[index].precedes(spilled[first]) { first = index }
        return first
    }
}
