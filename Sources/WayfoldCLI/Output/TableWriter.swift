import Projections
import Wayfold

/// A table for people: a header, a rule, and rows with numbers at the right.
///
/// The widths come from the first rows; a later cell that is wider pushes its line out, or is cut where the table is
/// fitted to a terminal and the cell holds text. Numbers are never cut, and names, which the first column holds, only
/// where they take more than half of the line: a name that is cut cannot be asked for.
struct TableWriter: RowWriter {
    static let sampleCount = 500
    private static let gap = "  "
    private static let leastTextWidth = 20

    let output: TextOutput
    let width: Int?
    private var columns: [Column] = []
    private var sample: [[String]] = []
    private var widths: [Int]?

    init(output: TextOutput, width: Int?) {
        self.output = output
        self.width = width
    }

    mutating func begin(_ columns: [Column]) throws { self.columns = columns }

    mutating func write(_ row: Row) throws {
        let cells = row.map(\.shown)
        if let widths { return try writeLine(cells, widths) }
        sample.append(cells)
        if sample.count == Self.sampleCount { try writeSample() }
    }

    mutating func end() throws {
        if widths == nil { try writeSample() }
    }

    private mutating func writeSample() throws {
        let widths = fittingWidths()
        self.widths = widths
        try writeLine(columns.map(\.name), widths)
        try output.writeLine(widths.map { String(repeating: "-", count: $0) }.joined(separator: Self.gap))
        for cells in sample { try writeLine(cells, widths) }
        sample = []
    }

    /// The widths of the sample; where they are too many together, the widest texts give way.
    private func fittingWidths() -> [Int] {
        var widths = columns.map(\.name.count)
        for cells in sample {
            for (index, cell) in cells.enumerated() { widths[index] = max(widths[index], cell.count) }
        }
        guard let width else { return widths }
        let available = width - Self.gap.count * (columns.count - 1)
        while widths.reduce(0, +) > available {
            let widest = widths.indices.filter { column in
                isCut(column)
                    && widths[column] > (column == 0 ? max(Self.leastTextWidth, width / 2) : Self.leastTextWidth)
            }
            .max { widths[$0] < widths[$1] }
            guard let widest else { break }
            widths[widest] -= 1
        }
        return widths
    }

    private func isCut(_ column: Int) -> Bool { width != nil && columns[column].kind == .text }

    private func writeLine(_ cells: [String], _ widths: [Int]) throws {
        var line = ""
        for (index, cell) in cells.enumerated() {
            var text = cell
            if isCut(index), text.count > widths[index] { text = text.prefix(max(0, widths[index] - 2)) + ".." }
            let padding = String(repeating: " ", count: max(0, widths[index] - text.count))
            if index > 0 { line += Self.gap }
            line += columns[index].kind.isNumber ? padding + text : text + padding
        }
        while line.last == " " { line.removeLast() }
        try output.writeLine(line)
    }
}

extension Column.Kind {
    /// Whether values are numbers, which stand at the right of their column.
    var isNumber: Bool { self == .integer || self == .decimal || self == .number }
}
