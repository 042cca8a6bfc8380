import CSQLite
import Digests
import Foundation
import Testing

@testable import Projections
@testable import Wayfold

struct SQLiteFileTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Rows as SQLite's own functions give them: what a column is and what it holds.
    private func rows(_ query: String, _ path: String) throws -> [[Value]] {
        var database: OpaquePointer?
        var statement: OpaquePointer?
        defer {
            sqlite3_finalize(statement)
            sqlite3_close_v2(database)
        }
        try #require(sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
        try #require(sqlite3_prepare_v2(database, query, -1, &statement, nil) == SQLITE_OK)
        var rows: [[Value]] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append(
                (0..<sqlite3_column_count(statement)).map { column in
                    switch sqlite3_column_type(statement, column) {
                    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
                    case SQLITE_FLOAT: return .number(sqlite3_column_double(statement, column))
                    case SQLITE_TEXT:
                        let start = sqlite3_column_text(statement, column)
                        let count = Int(sqlite3_column_bytes(statement, column))
                        return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
                    default: return .null
                    }
                })
        }
        return rows
    }

    /// What SQLite is to hold of a row.
    private func stored(_ row: Row) -> [Value] {
        zip(Sample.columns, row).flatMap { column, value -> [Value] in
            switch (column.kind, value) {
            case (.decimal, .decimal(let units, _)):
                [.text(value.text!), Int64(exactly: units).map { .integer($0) } ?? .null]
            case (.decimal, _): [.null, .null]
            case (.number, .number(let number)): [number.isFinite ? value : .null]
            case (.number, _): [value.text.map { .number(Double($0)!) } ?? .null]
            case (.flag, .flag(let flag)): [.integer(flag ? 1 : 0)]
            case (.time, _), (.day, _): [value.text.map { .text($0) } ?? .null]
            default: [value]
            }
        }
    }

    @Test func `every value is read back as it was`() throws {
        let part = PartDescription(
            view: "v", name: "p", columns: Sample.columns, key: nil, reach: .everyone, options: [])
        var dice = SeededGenerator(seed: 7)
        let rows = Sample.rows(500, &dice)
        let path = scratch.path + "/a.sqlite"
        let file = try SQLiteFile(creatingAt: path)
        try file.begin(part, table: "first")
        for row in rows { try file.write(row) }
        try file.begin(part, table: "from \"where\"")
        try file.write(rows[0])
        try file.finish()
        #expect(try self.rows(#"SELECT * FROM first ORDER BY rowid"#, path) == rows.map(stored))
        #expect(try self.rows(#"SELECT * FROM "from ""where""" "#, path) == [stored(rows[0])])
        let types = try self.rows("SELECT name, type FROM pragma_table_info('first')", path)
        let expected = [
            ["name", "TEXT"], ["n", "INTEGER"], ["money", "TEXT"], ["money_units", "INTEGER"], ["rate", "REAL"],
            ["at", "TEXT"], ["day", "TEXT"], ["is", "INTEGER"],
        ]
        #expect(types == expected.map { $0.map { .text($0) } })
        #expect(try self.rows("SELECT sql LIKE '%STRICT' FROM sqlite_schema", path) == [[.integer(1)], [.integer(1)]])
        #expect(try self.rows("PRAGMA integrity_check", path) == [[.text("ok")]])
    }

    @Test func `an export is one database with a table a part`() async throws {
        let shop = try await Shop(scratch)
        let target = try ExportTarget(scratch.path + "/a.sqlite")
        let parts = try Catalogue.standard.exportableParts(["rfm", "loyalty"], ofThePast: false)
        let manifest = try ExportJob(parts, to: target).run(shop.answers())
        #expect(manifest.files.map(\.name) == ["a.sqlite"])
        let bytes = Array(try Data(contentsOf: URL(filePath: target.path)))
        #expect(manifest.files[0].sha256 == "\(SHA256.digest(of: bytes))")
        for part in parts {
            let question = Question(view: part.view, part: part.name)
            var count = 0
            _ = try shop.answers().answer(question) { _ in count += 1 }
            let table = try #require(manifest.parts.first { $0.part == part.path })
            #expect(table.rows == count)
            #expect(try rows("SELECT count(*) FROM \(table.table)", target.path) == [[.integer(Int64(count))]])
        }
        // Exact sums by currency, and texts with their digits.
        let sums = try rows(
            "SELECT currency, sum(monetary_units) FROM rfm_customers GROUP BY 1 ORDER BY 1", target.path)
        let totals = try rows("SELECT currency, monetary_units, monetary FROM rfm_totals ORDER BY 1", target.path)
        #expect(sums == totals.map { Array($0.prefix(2)) })
        #expect(totals.count == 3)
        #expect(totals[0][2] == .text(Value.decimalText(Int128(totals[0][1].text!)!, scale: 2)))
    }
}
