/// Python that makes a data frame of each part.
///
/// Integers, flags and measured numbers are pandas' nullable types, decimals `Decimal`, times UTC, days `datetime.date`.
struct PandasLoader {
    let format: ExportFormat

    func text(_ tables: [LoadedTable]) -> String {
        let modules = [
            format == .ndjson ? "import json\n" : "", format == .sqlite ? "import sqlite3\n" : "",
            "from datetime import date\nfrom decimal import Decimal\n\nimport pandas as pd\n",
        ]
        return modules.joined() + tables.map { "\n# \($0.remark)\n" + read($0) + conversions($0) }.joined()
    }

    private func read(_ table: LoadedTable) -> String {
        let types = "{\n\(table.lines { "\(JSONString.quoted($0.name)): \"\(Self.type($0.kind))\"" }),\n}"
        let path = JSONString.quoted(table.path)
        let names = "[" + table.part.columns.map { JSONString.quoted($0.name) }.joined(separator: ", ") + "]"
        let frame = table.part.table
        switch format {
        case .csv:
            return """
                types = \(types)
                \(frame) = pd.read_csv(
                    \(path), dtype=types, keep_default_na=False, na_values=[""], float_precision="round_trip"
                )

                """
        case .ndjson:
            return """
                types = \(types)
                with open(\(path), encoding="utf-8") as lines:
                    rows = [json.loads(line) for line in lines]
                \(frame) = pd.DataFrame(rows, columns=\(names), dtype=object).astype(types)

                """
        case .sqlite:
            let columns = table.part.columns.map { SQLText.name($0.name) }.joined(separator: ", ")
            let query = JSONString.quoted("SELECT \(columns) FROM \(SQLText.name(table.part.table)) ORDER BY rowid")
            return """
                types = \(types)
                rows = sqlite3.connect(\(path)).execute(\(query)).fetchall()
                \(frame) = pd.DataFrame(rows, columns=\(names), dtype=object).astype(types)

                """
        }
    }

    /// What pandas does not read by itself without loss.
    private func conversions(_ table: LoadedTable) -> String {
        table.part.columns.map { column in
            let series = "\(table.part.table)[\(JSONString.quoted(column.name))]"
            return switch column.kind {
            case "decimal": "\(series) = \(series).astype(object).map(Decimal, na_action=\"ignore\")\n"
            case "day": "\(series) = \(series).astype(object).map(date.fromisoformat, na_action=\"ignore\")\n"
            case "time": "\(series) = pd.to_datetime(\(series), format=\"ISO8601\", utc=True)\n"
            default: ""
            }
        }.joined()
    }

    private static func type(_ kind: String) -> String {
        switch kind {
        case "integer": "Int64"
        case "number": "Float64"
        case "flag": "boolean"
        default: "string"
        }
    }
}
