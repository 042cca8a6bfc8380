import EventLog
import Touchpoints

/// A generation that is read, and that nobody goes on with.
extension Generation {
    /// Reads all that answers ask of the files, so that these can be closed. O(view).
    func loadAll() throws {
        for number in fold.table.pages.indices { _ = try fold.table.page(number) }
    }

    /// Writes the view as it stands in memory into an empty folder, but for its snapshots: nothing is folded there.
    ///
    /// In transactions of a bounded size, the last with what the generation is.
    func write(to path: String) throws {
        let store = try ViewStore(path: path, readsOnly: false)
        defer { store.close() }
        var current = about
        current.policyPosition = fold.schedule.active(at: fold.checkpoint).position
        var changes = ViewStore.Changes(about: current)
        var bytes = 0
        func save(if isDue: Bool) throws {
            guard isDue else { return }
            try store.save(changes)
            changes = ViewStore.Changes(about: current)
            bytes = 0
        }
        var writer = ByteWriter()
        for number in fold.table.pages.indices {
            let encoded = try fold.table.look(at: number) { slots in
                slots.contains { $0.isPresent }
                    ? PageBytes.encode(slots, earliest: fold.table.earliest[number], in: &writer) : []
            }
            guard !encoded.isEmpty else { continue }
            bytes += encoded.count
            changes.pages.append((UInt32(number), encoded))
            try save(if: bytes > 16 << 20)
        }
        let labels = fold.cells.labels
        for (cell, total) in fold.cells.sorted() {
            changes.cells.append((cell, total, labels[cell]))
            bytes += 64 + (labels[cell]?.count ?? 0)
            try save(if: bytes > 16 << 20)
        }
        changes.setAside = fold.setAside.mapValues { $0 }
        current.checkpoint = fold.checkpoint
        current.clock = fold.clock
        current.traps = fold.traps
        changes.about = current
        try save(if: true)
    }
}
