import Projections

/// A sorted run of rows in a file without a name, read once from its start.
struct SpilledRows {
    private static let pieceByteCount = 1 << 18

    private let file: UnnamedFile
    /// What was read last.
    private var buffer: [UInt8] = []
    /// Where in the file the next read begins.
    private var offset = 0
    /// Where the row that stands first lies in the buffer.
    private var key = 0..<0
    private var row = 0..<0

    /// Writes the run, and stands at its first row.
    init(_ run: RowRun, in folder: String) throws {
        file = try UnnamedFile(in: folder)
        var bytes: [UInt8] = []
        try run.forEach { key, row in
            for count in [key.count, row.count] { withUnsafeBytes(of: UInt32(count)) { bytes += $0 } }
            bytes += key
            bytes += row
            if bytes.count >= Self.pieceByteCount {
                try file.append(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try file.append(bytes)
        _ = try advance()
    }

    /// Goes on to the next row; false at the end.
    mutating func advance() throws -> Bool {
        var start = try hold(8, from: row.upperBound)
        guard buffer.count - start >= 8 else { return false }
        let (keyCount, rowCount) = (count(at: start), count(at: start + 4))
        start = try hold(8 + keyCount + rowCount, from: start)
        key = start + 8..<start + 8 + keyCount
        row = key.upperBound..<key.upperBound + rowCount
        return true
    }

    /// Reads on until so many bytes stand from a place in the buffer on, if the file has them; that place, which moves.
    private mutating func hold(_ count: Int, from start: Int) throws -> Int {
        guard buffer.count - start < count else { return start }
        buffer.removeSubrange(..<start)
        let more = try file.read(at: offset, count: max(count - buffer.count, Self.pieceByteCount))
        offset += more.count
        buffer += more
        return 0
    }

    func row(count: Int) -> Row { RowBytes.row(buffer.span.bytes.extracting(row), count: count) }

    func precedes(_ other: SpilledRows) -> Bool {
        buffer.withUnsafeBytes { mine in
            other.buffer.withUnsafeBytes { RowRun.order(mine[key], $0[other.key]) < 0 }
        }
    }

    private func count(at index: Int) -> Int {
        Int(buffer.span.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self))
    }
}
