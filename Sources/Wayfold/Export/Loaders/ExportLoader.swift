import Foundation
public import Projections

/// Programs that read exports: for each, the text that reads one with the right types.
public enum ExportLoader: String, CaseIterable, Sendable {
    /// Python: a data frame a part.
    case pandas
    /// SQL of DuckDB: a table a part.
    case duckdb
    /// Input of psql: a table a part.
    case postgres
    /// SQL of SQLite.
    case sqlite

    /// What to run to read an export.
    ///
    /// - Throws: ``QueryError`` where there is no export at the target, or none that the program can read.
    public func text(for target: ExportTarget) throws(QueryError) -> String {
        guard let manifest = ExportManifest(of: target), let resolved = realpath(target.path, nil) else {
            throw QueryError("there is no export at \(target.path)")
        }
        defer { free(resolved) }
        let place = String(cString: resolved)
        let tables = manifest.parts.map { part in
            LoadedTable(
                part: part, path: target.isFolder ? place + "/" + part.file : place, position: manifest.position)
        }
        switch (self, target.format(of: manifest)) {
        case (.pandas, let format): return PandasLoader(format: format).text(tables)
        case (.duckdb, .csv), (.duckdb, .ndjson): return DuckDBLoader.text(tables)
        case (.postgres, .csv): return PostgresLoader.text(tables)
        case (.sqlite, .sqlite): return SQLiteLoader.text(tables)
        case (.duckdb, _): throw QueryError("DuckDB reads an export to a folder, or to .csv or .ndjson")
        case (.postgres, _): throw QueryError("PostgreSQL reads an export of CSV: to a folder or to .csv")
        case (.sqlite, _): throw QueryError("SQLite reads an export to .sqlite")
        }
    }
}

/// One part of an export where it lies.
struct LoadedTable {
    let part: ExportManifest.Part
    /// The absolute path of its file.
    let path: String
    let position: UInt64

    /// What stands before its lines, behind the mark of a comment.
    var remark: String { "\(part.part): \(part.rows) \(part.rows == 1 ? "row" : "rows") at position \(position)" }

    func lines(_ line: (ExportManifest.Column) -> String) -> String {
        part.columns.map { "    " + line($0) }.joined(separator: ",\n")
    }
}

extension ExportTarget {
    /// The format of its files, as the manifest says: a folder is asked for without it.
    fileprivate func format(of manifest: ExportManifest) -> ExportFormat { manifest.files.first?.format ?? format }
}
