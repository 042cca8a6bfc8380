import Digests
import Touchpoints

extension ViewFold {
    /// SHA-256 over every state and every total: equal for equal views at one position, however they were made.
    ///
    /// O(customers + cells log cells).
    func digest() throws -> Digest256 {
        var hash = SHA256()
        var writer = ByteWriter()
        for number in table.pages.indices {
            writer.removeAll()
            try table.look(at: number) { slots in
                for index in slots.indices where slots[index].isPresent {
                    writer.write(number * PageTable<P.State>.pageSize + index)
                    writer.write(slots[index].key.time)
                    writer.write(slots[index].key.position.rawValue)
                    writer.write(slots[index].poisoned)
                    slots[index].state.encode(into: &writer)
                }
            }
            hash.update(writer.bytes)
        }
        for (cell, total) in cells.sorted() {
            writer.removeAll()
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
