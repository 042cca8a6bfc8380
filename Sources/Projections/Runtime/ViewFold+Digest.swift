import Digests
import EventLog
import Touchpoints

extension ViewFold {
    /// SHA-256 over every state and every total: equal for equal views at one position, however they were made.
    ///
    /// Over the digests of the pages that hold somebody, ascending, and the cells; pages are read on all cores.
    /// O(bytes of the view + cells log cells).
    func digest() throws -> Digest256 {
        var hash = SHA256()
        for digest in try pageDigests() { hash.update(digest.span) }
        var writer = ByteWriter()
        for (cell, total) in cells.sorted() {
            writer.removeAll()
            writer.write(UInt64(cell.table))
            writer.writeFixed(cell.a)
            writer.writeFixed(cell.b)
            writer.writeFixed(UInt64(truncatingIfNeeded: total))
            writer.writeFixed(UInt64(truncatingIfNeeded: total >> 64))
            hash.update(writer.written)
        }
        return hash.finish()
    }

    private func pageDigests() throws -> [Digest256] {
        let table = table
        var lanes = Array(repeating: ByteWriter(), count: tuning.laneCount)
        let pieces = stride(from: 0, to: table.pages.count, by: 64).map { $0..<min($0 + 64, table.pages.count) }
        return try Lanes.run(pieces, &lanes) { pages, writer in
            try pages.compactMap { try table.digest(ofPage: $0, in: &writer) }
        }.flatMap { $0 }
    }
}
