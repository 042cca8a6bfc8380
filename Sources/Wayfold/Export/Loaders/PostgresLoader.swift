/// Input of psql that makes a table of each part, all or none.
enum PostgresLoader {
    static func text(_ tables: [LoadedTable]) -> String {
        let loads = tables.map { table in
            let columns = table.lines { "\(SQLText.name($0.name)) \(type($0.kind))" }
            let name = SQLText.name(table.part.table)
            return """

                -- \(table.remark)
                CREATE TABLE \(name) (
                \(columns)
                );
                \\copy \(name) FROM \(SQLText.text(table.path)) WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')

                """
        }
        return "\\set ON_ERROR_STOP on\nBEGIN;\n" + loads.joined() + "\nCOMMIT;\n"
    }

    private static func type(_ kind: String) -> String {
        switch kind {
        case "integer": "bigint"
        case "decimal": "numeric"
        case "number": "double precision"
        case "time": "timestamptz"
        case "day": "date"
        case "flag": "boolean"
        default: "text"
        }
    }
}
