@testable import Projections

/// The rows of a part by key, as whoever follows its changes keeps them.
struct RowTable: Equatable {
    private let key: [Int]
    private let names: [String]
    private var rows: [Row: Row] = [:]

    static func == (a: RowTable, b: RowTable) -> Bool { a.rows == b.rows }

    init(key: [String], of columns: [Column], _ rows: [Row]) {
        names = columns.map(\.name)
        let names = names
        self.key = key.map { name in names.firstIndex(of: name)! }
        for row in rows { self.rows[self.key.map { row[$0] }] = row }
    }

    /// Does what the rows of an answer about changes say.
    mutating func apply(_ changes: [Row]) {
        for change in changes {
            let row = Row(change.dropFirst())
            let key = key.map { row[$0] }
            switch change[0] {
            case .text("upsert"): rows[key] = row
            case .text("delete"): if rows.removeValue(forKey: key) == nil { fatalError("\(key) was never there") }
            default: fatalError("\(change[0]) is no change")
            }
        }
    }

    /// Key, column, before and after of each value that is another one there.
    func differences(to other: RowTable) -> [Row] {
        var found: [Row] = []
        for key in Set(rows.keys).union(other.rows.keys) {
            let (old, new) = (rows[key], other.rows[key])
            for index in names.indices where !self.key.contains(index) {
                let texts = [old?[index].text, new?[index].text].map { $0.map { Value.text($0) } ?? .null }
                guard texts[0] != texts[1] else { continue }
                found.append([.text(key.map { $0.text ?? "" }.joined(separator: ",")), .text(names[index])] + texts)
            }
        }
        return found
    }
}
