import CSQLite
import Projections

/// A new SQLite database with a table a part.
///
/// SQLite has no decimals, and sums of texts are floating point. So a decimal is its exact text, and beside it stands its
/// integer of units of the last digit, `COLUMN_units`, which sums exactly: `SUM(monetary_units)` by currency. Times and
/// days are texts that SQLite's date functions read, flags 0 and 1, and measured numbers REAL.
final class SQLiteFile {
    private let path: String
    private var database: OpaquePointer?
    private var insertion: OpaquePointer?
    private var part = ""
    private var columns: [(column: Column, parameter: Int32)] = []
    /// The texts of the row that is being written, and which parameter has which of them.
    private var texts: [UInt8] = []
    private var places: [(parameter: Int32, range: Range<Int>)] = []

    init(creatingAt path: String) throws {
        self.path = path
        let flags = SQLITE_OPEN_CREATE | SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(path, &database, flags, nil) == SQLITE_OK else { throw failure() }
        // A file that nobody knows yet needs no journal; it is synced when it is whole.
        try run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
    }

    deinit {
        sqlite3_finalize(insertion)
        sqlite3_close_v2(database)
    }

    func begin(_ part: PartDescription, table: String) throws {
        self.part = part.path
        columns = []
        var definitions: [String] = []
        for column in part.columns {
            columns.append((column, Int32(definitions.count + 1)))
            definitions += column.definitions
        }
        try run("CREATE TABLE \(SQLText.name(table)) (\(definitions.joined(separator: ", "))) STRICT")
        let marks = definitions.map { _ in "?" }.joined(separator: ", ")
        sqlite3_finalize(insertion)
        insertion = nil
        let text = "INSERT INTO \(SQLText.name(table)) VALUES (\(marks))"
        try check(sqlite3_prepare_v2(database, text, -1, &insertion, nil))
    }

    func write(_ row: Row) throws {
        texts.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        try check(sqlite3_clear_bindings(insertion))
        for ((column, parameter), value) in zip(columns, row) { try bind(value, of: column, at: parameter) }
        // So that there is a place for an empty text, too: no place is null.
        texts.append(0)
        // The texts lie still until the row is stored.
        try texts.withUnsafeBytes { bytes in
            for (parameter, range) in places {
                let start = bytes.baseAddress!.advanced(by: range.lowerBound).assumingMemoryBound(to: CChar.self)
                try check(sqlite3_bind_text(insertion, parameter, start, Int32(range.count), nil))
            }
            guard sqlite3_step(insertion) == SQLITE_DONE else { throw failure() }
            try check(sqlite3_reset(insertion))
        }
    }

    /// Ends writing. Once.
    func finish() throws {
        try run("COMMIT")
        sqlite3_finalize(insertion)
        insertion = nil
        try check(sqlite3_close(database))
        database = nil
    }

    private func bind(_ value: Value, of column: Column, at parameter: Int32) throws {
        switch (column.kind, value) {
        case (.number, _):
            if let number = value.measured, number.isFinite {
                try check(sqlite3_bind_double(insertion, parameter, number))
            }
        case (_, .integer(let number)) where column.kind != .decimal:
            try check(sqlite3_bind_int64(insertion, parameter, number))
        case (.integer, .decimal(let units, _)):
            guard let number = Int64(exactly: units) else {
                throw ExportError("\(part): \(column.name) is \(units), more than SQLite's 64 bits: export to CSV")
            }
            try check(sqlite3_bind_int64(insertion, parameter, number))
        case (_, .flag(let flag)): try check(sqlite3_bind_int64(insertion, parameter, flag ? 1 : 0))
        case (_, .null): break
        default:
            let start = texts.count
            texts += (value.text ?? "").utf8
            places.append((parameter, start..<texts.count))
            // What is more than 64 bits has its text alone.
            if column.kind == .decimal, let units = value.units.flatMap(Int64.init(exactly:)) {
                try check(sqlite3_bind_int64(insertion, parameter + 1, units))
            }
        }
    }

    private func run(_ text: String) throws { try check(sqlite3_exec(database, text, nil, nil, nil)) }

    private func check(_ code: Int32) throws { if code != SQLITE_OK { throw failure() } }

    private func failure() -> ExportError {
        ExportError("SQLite could not write \(path): \(String(cString: sqlite3_errmsg(database)))")
    }
}

extension Column {
    /// The columns of a table that hold its values.
    fileprivate var definitions: [String] {
        switch kind {
        case .text, .time, .day: ["\(SQLText.name(name)) TEXT"]
        case .integer, .flag: ["\(SQLText.name(name)) INTEGER"]
        case .number: ["\(SQLText.name(name)) REAL"]
        case .decimal: ["\(SQLText.name(name)) TEXT", "\(SQLText.name(name + "_units")) INTEGER"]
        }
    }
}

extension Value {
    /// Of an exact number the integer in units of its last digit.
    fileprivate var units: Int128? {
        switch self {
        case .integer(let number): Int128(number)
        case .decimal(let units, _): units
        default: nil
        }
    }
}
