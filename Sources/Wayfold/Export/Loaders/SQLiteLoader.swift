/// SQL of SQLite that opens the database and reads each table.
enum SQLiteLoader {
    static func text(_ tables: [LoadedTable]) -> String {
        guard let path = tables.first?.path else { return "" }
        let reads = tables.map { table in
            let columns = table.lines { column in
                let name = SQLText.name(column.name)
                return column.kind == "decimal" ? name + ", " + SQLText.name(column.name + "_units") : name
            }
            return "\n-- \(table.remark)\nSELECT\n\(columns)\nFROM export.\(SQLText.name(table.part.table));\n"
        }
        return "ATTACH DATABASE \(SQLText.text(path)) AS export;\n" + reads.joined()
    }
}
