/// Names and texts in SQL.
enum SQLText {
    static func name(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
    static func text(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
