/// SQL of DuckDB that makes a table of each part.
enum DuckDBLoader {
    static func text(_ tables: [LoadedTable]) -> String {
        tables.map { table in
            let columns = table.lines { "    \(SQLText.text($0.name)): '\(type($0))'" }
            let path = SQLText.text(table.path)
            let reader =
                table.path.hasSuffix(".csv")
                ? "read_csv(\(path), auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"',\n"
                    + "    nullstr = '', allow_quoted_nulls = false, "
                : "read_json(\(path), format = 'newline_delimited', "
            return """
                -- \(table.remark)
                CREATE TABLE \(SQLText.name(table.part.table)) AS FROM \(reader)columns = {
                \(columns)
                    });

                """
        }.joined(separator: "\n")
    }

    /// A decimal has one scale in all rows: the greatest that one has.
    private static func type(_ column: ExportManifest.Column) -> String {
        switch column.kind {
        case "integer": "BIGINT"
        case "decimal": "DECIMAL(38, \(column.scale ?? 0))"
        case "number": "DOUBLE"
        case "time": "TIMESTAMPTZ"
        case "day": "DATE"
        case "flag": "BOOLEAN"
        default: "VARCHAR"
        }
    }
}
