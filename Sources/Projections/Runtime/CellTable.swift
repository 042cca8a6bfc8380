/// The totals of a view in memory: open addressing over 128-bit keys, sums of 128 bits that no input can overflow.
///
/// A cell back at zero is deleted when it is written back or listed. `add` is O(1).
struct CellTable {
    /// One place of the table: 48 bytes.
    private struct Entry {
        var a: UInt64 = 0
        var b: UInt64 = 0
        var total: Int128 = 0
        var table: UInt8 = 0
        var mark = Mark.free
        /// Whether its text is among the labels.
        var isLabelled = false

        var cell: Cell { Cell(table, a, b) }

        @inline(__always)
        func isOf(_ cell: Cell) -> Bool { a == cell.a && b == cell.b && table == cell.table }
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
        precondition(capacity >= 8 && capacity.nonzeroBitCount == 1)
        entries = Array(repeating: Entry(), count: capacity)
        self.keepsEffects = keepsEffects
    }

    /// Adds to cells, or takes back from them, and marks them for writing back.
    mutating func add(_ contributions: [Contribution], _ sign: Sign) {
        var done = 0
        while done < contributions.count {
            makeRoom()
            let end = min(contributions.count, done + entries.count / 8)
            touch(contributions.span.extracting(done..<end))
            var (new, changed) = (0, 0)
            var entries = entries.mutableSpan
            for index in done..<end {
                let cell = contributions[index].cell
                var place = Int(truncatingIfNeeded: cell.mixed) & (entries.count - 1)
                while entries[place].mark != .free, !entries[place].isOf(cell) {
                    place = (place + 1) & (entries.count - 1)
                }
                if entries[place].mark != .dirty {
                    if entries[place].mark == .free {
                        entries[place] = Entry(a: cell.a, b: cell.b, table: cell.table)
                        new += 1
                    }
                    entries[place].mark = .dirty
                    changed += 1
                }
                entries[place].total += sign.rawValue * Int128(contributions[index].amount)
            }
            occupied += new
            dirtyCount += changed
            done = end
        }
    }

    /// Reads the places of all cells before the first is searched, so that they come from memory many at a time: a table
    /// of a million cells does not lie in any cache.
    private func touch(_ contributions: Span<Contribution>) {
        var marks: UInt8 = 0
        let entries = entries.span
        for index in contributions.indices {
            let place = Int(truncatingIfNeeded: contributions[index].cell.mixed) & (entries.count - 1)
            marks |= entries[place].mark.rawValue
        }
        precondition(marks <= 0b11)
    }

    /// Adds to one cell and marks it for writing back.
    mutating func add(_ amount: Int128, to cell: Cell) {
        makeRoom()
        let place = place(of: cell)
        if entries[place].mark == .free { occupy(place, by: cell) }
        entries[place].total += amount
        if entries[place].mark != .dirty {
            entries[place].mark = .dirty
            dirtyCount += 1
        }
    }

    /// Adds all that another table holds. O(its cells).
    mutating func add(_ other: CellTable) {
        for entry in other.entries where entry.mark != .free { add(entry.total, to: entry.cell) }
        for (cell, label) in other.labels { setLabel(label, of: cell) }
        effects += other.effects
    }

    /// Takes a total as it was read from disk.
    mutating func load(_ cell: Cell, total: Int128, label: [UInt8]?) {
        makeRoom()
        let place = place(of: cell)
        if entries[place].mark == .free { occupy(place, by: cell) }
        entries[place].total = total
        entries[place].mark = .clean
        if let label { setLabel(label, of: cell) }
    }

    mutating func setLabel(_ label: [UInt8], of cell: Cell) { noteLabel(label[...], of: cell) }

    /// Remembers the text of a cell that something was added to. O(1) where it is known.
    mutating func noteLabel(_ label: ArraySlice<UInt8>, of cell: Cell) {
        let place = place(of: cell)
        guard entries[place].mark != .free, !entries[place].isLabelled else { return }
        entries[place].isLabelled = true
        labels[cell] = Array(label)
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
            if entries[place].total == 0, entries[place].isLabelled {
                entries[place].isLabelled = false
                labels[entries[place].cell] = nil
            }
        }
        dirtyCount = 0
        result.sort { $0.cell < $1.cell }
        return result
    }

    private mutating func occupy(_ place: Int, by cell: Cell) {
        entries[place] = Entry(a: cell.a, b: cell.b, total: 0, table: cell.table, mark: .clean)
        occupied += 1
    }

    private func place(of cell: Cell) -> Int {
        let mask = entries.count - 1
        var place = Int(truncatingIfNeeded: cell.mixed) & mask
        while entries[place].mark != .free, !entries[place].isOf(cell) { place = (place + 1) & mask }
        return place
    }

    /// At most five eighths are occupied. Cells that are zero on disk too go.
    private mutating func makeRoom() {
        guard occupied * 8 > entries.count * 5 else { return }
        let old = entries
        entries = Array(repeating: Entry(), count: old.count * 2)
        occupied = 0
        for entry in old where entry.mark == .dirty || (entry.mark == .clean && entry.total != 0) {
            entries[place(of: entry.cell)] = entry
            occupied += 1
        }
    }
}
