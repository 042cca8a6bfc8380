import Digests
import Touchpoints

extension ViewFold {
    /// SHA-256 over every state and every total: equal for equal views at one position, however they were made.
    ///
    /// O(customers + cells log cells).
    func digest() throws -> Digest256 {
        var hash = SHA256()
        for number in table.pages.indices {
            for (index, slot) in try table.page(number).slots.enumerated() where slot.isPresent {
                var writer = ByteWriter()
                writer.write(number * PageTable<P.State>.pageSize + index)
                writer.write(slot.key.time)
                writer.write(slot.key.position.rawValue)
                writer.write(slot.poisoned)
                slot.state.encode(into: &writer)
                hash.update(writer.bytes)
            }
        }
        for (cell, total) in cells.sorted() {
            var writer = ByteWriter()
            writer.write(UInt64(cell.table))
            writer.writeFixed(cell.a)
            writer.writeFixed(cell.b)
            writer.writeFixed(UInt64(truncatingIfNeeded: total))
            writer.writeFixed(UInt64(truncatingIfNeeded: total >> 64))
            hash.update(writer.bytes)
        }
        return hash.finish()
    }
}
