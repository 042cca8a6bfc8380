import Projections
import Wayfold

extension Sample {
    /// What a writer makes of rows.
    static func text(_ columns: [Column], _ rows: [Row], as format: RowFormat) throws -> String {
        let pieces = Kept<UInt8>()
        let output = TextOutput { pieces.values += $0 }
        var writer = format.writer(to: output)
        try writer.begin(columns)
        for row in rows { try writer.write(row) }
        try writer.end()
        try output.flush()
        return String(decoding: pieces.values, as: UTF8.self)
    }
}
