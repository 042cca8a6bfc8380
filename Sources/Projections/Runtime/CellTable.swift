/// The totals of a view in memory: open addressing over 128-bit keys, sums of 128 bits that no input can overflow.
///
/// A cell back at zero is deleted when it is written back or listed. `add` is O(1).
struct CellTable {
    /// One place of the table, in one line of the processor's cache.
    private struct Entry {
        var a: UInt64 = 0
        var b: UInt64 = 0
        var total: Int128 = 0
        var table: UInt8 = 0
        var mark = Mark.free

        var cell: Cell { Cell(table, a, b) }
    }

    private enum Mark: UInt8 { case free, clean, dirty }

    private var entries: [Entry]
    private(set) var occupied = 0
    private(set) var dirtyCount = 0
    private(set) var labels: [Cell: [UInt8]] = [:]
    /// The effects of what was added, where somebody takes them from here at the end of each batch.
    var effects: [Effect] = []
    var keepsEffects = false

    init(capacity: Int = 256, keepsEffects: Bool = false) {
        entries = Array(repeating: Entry(), count: capacity)
        self.keepsEffects = keepsEffects
    }

    /// Adds to a cell and marks it for writing back.
    mutating func add(_ amount: Int128, to cell: Cell) {
        let place = place(of: cell)
        if entries[place].mark == .free { occupy(place, by: cell) }
        entries[place].total += amount
        if entries[place].mark != .dirty {
            entries[place].mark = .dirty
            dirtyCount += 1
        }
        if occupied * 4 > entries.count * 3 { grow() }
    }

    /// Adds all that another table holds. O(its cells).
    mutating func add(_ other: CellTable) {
        for entry in other.entries where entry.mark != .free { add(entry.total, to: entry.cell) }
        for (cell, label) in other.labels { setLabel(label, of: cell) }
        effects += other.effects
    }

    /// Takes a total as it was read from disk.
    mutating func load(_ cell: Cell, total: Int128, label: [UInt8]?) {
        let place = place(of: cell)
        if entries[place].mark == .free { occupy(place, by: cell) }
        entries[place].total = total
        entries[place].mark = .clean
        if let label { labels[cell] = label }
        if occupied * 4 > entries.count * 3 { grow() }
    }

    mutating func setLabel(_ label: [UInt8], of cell: Cell) {
        if labels[cell] == nil { labels[cell] = label }
    }

    func total(of cell: Cell) -> Int128 {
        let place = place(of: cell)
        return entries[place].mark == .free ? 0 : entries[place].total
    }

    /// All cells that are not zero, of one table or of all, sorted.
    @inline(never)
    func sorted(table: UInt8? = nil) -> [(cell: Cell, total: Int128)] {
        var result: [(cell: Cell, total: Int128)] = []
        for entry in entries where entry.mark != .free && entry.total != 0 {
            if let table, entry.table != table { continue }
            result.append((entry.cell, entry.total))
        }
        result.sort { $0.cell < $1.cell }
        return result
    }

    /// Hands out the cells that changed since the last call, sorted, zeros included, and forgets that they changed.
    mutating func takeDirty() -> [(cell: Cell, total: Int128)] {
        var result: [(cell: Cell, total: Int128)] = []
        result.reserveCapacity(dirtyCount)
        for place in entries.indices where entries[place].mark == .dirty {
            result.append((entries[place].cell, entries[place].total))
            entries[place].mark = .clean
        }
        dirtyCount = 0
        result.sort { $0.cell < $1.cell }
        for entry in result where entry.total == 0 { labels[entry.cell] = nil }
        return result
    }

    private mutating func occupy(_ place: Int, by cell: Cell) {
        entries[place] = Entry(a: cell.a, b: cell.b, total: 0, table: cell.table, mark: .clean)
        occupied += 1
    }

    private func place(of cell: Cell) -> Int {
        let mask = entries.count - 1
        var place = Int(truncatingIfNeeded: cell.mixed) & mask
        while entries[place].mark != .free, entries[place].cell != cell { place = (place + 1) & mask }
        return place
    }

    /// Cells that are zero on disk too go.
    private mutating func grow() {
        let old = entries
        entries = Array(repeating: Entry(), count: old.count * 2)
        occupied = 0
        for entry in old where entry.mark == .dirty || (entry.mark == .clean && entry.total != 0) {
            entries[place(of: entry.cell)] = entry
            occupied += 1
        }
    }
}
