/// The totals of a view in memory: open addressing over 128-bit keys, sums of 128 bits that no input can overflow.
///
/// A cell back at zero is deleted when it is written back or listed. `add` is O(1).
struct CellTable {
    private(set) var cells: [Cell]
    private(set) var totals: [Int128]
    /// 0 free, 1 clean, 2 dirty.
    private var marks: [UInt8]
    private(set) var occupied = 0
    private(set) var dirtyCount = 0
    private(set) var labels: [Cell: [UInt8]] = [:]
    /// The effects of what was added, where somebody takes them from here at the end of each batch.
    var effects: [Effect] = []
    var keepsEffects = false

    init(capacity: Int = 256) {
        cells = Array(repeating: Cell(0), count: capacity)
        totals = Array(repeating: 0, count: capacity)
        marks = Array(repeating: 0, count: capacity)
    }

    /// Adds to a cell and marks it for writing back.
    mutating func add(_ amount: Int128, to cell: Cell) {
        let slot = place(of: cell)
        if marks[slot] == 0 { occupy(slot, by: cell) }
        totals[slot] += amount
        if marks[slot] != 2 {
            marks[slot] = 2
            dirtyCount += 1
        }
        if occupied * 4 > cells.count * 3 { grow() }
    }

    /// Takes a total as it was read from disk.
    mutating func load(_ cell: Cell, total: Int128, label: [UInt8]?) {
        let slot = place(of: cell)
        if marks[slot] == 0 { occupy(slot, by: cell) }
        totals[slot] = total
        marks[slot] = 1
        if let label { labels[cell] = label }
        if occupied * 4 > cells.count * 3 { grow() }
    }

    mutating func setLabel(_ label: [UInt8], of cell: Cell) {
        if labels[cell] == nil { labels[cell] = label }
    }

    func total(of cell: Cell) -> Int128 {
        let slot = place(of: cell)
        return marks[slot] == 0 ? 0 : totals[slot]
    }

    /// All cells that are not zero, of one table or of all, sorted.
    func sorted(table: UInt8? = nil) -> [(cell: Cell, total: Int128)] {
        var result: [(cell: Cell, total: Int128)] = []
        for slot in cells.indices where marks[slot] != 0 && totals[slot] != 0 {
            if let table, cells[slot].table != table { continue }
            result.append((cells[slot], totals[slot]))
        }
        result.sort { $0.cell < $1.cell }
        return result
    }

    /// Hands out the cells that changed since the last call, sorted, zeros included, and forgets that they changed.
    mutating func takeDirty() -> [(cell: Cell, total: Int128)] {
        var result: [(cell: Cell, total: Int128)] = []
        result.reserveCapacity(dirtyCount)
        for slot in cells.indices where marks[slot] == 2 {
            result.append((cells[slot], totals[slot]))
            marks[slot] = 1
        }
        dirtyCount = 0
        result.sort { $0.cell < $1.cell }
        for entry in result where entry.total == 0 { labels[entry.cell] = nil }
        return result
    }

    private mutating func occupy(_ slot: Int, by cell: Cell) {
        cells[slot] = cell
        marks[slot] = 1
        totals[slot] = 0
        occupied += 1
    }

    private func place(of cell: Cell) -> Int {
        let mask = cells.count - 1
        var slot = Int(truncatingIfNeeded: cell.mixed) & mask
        while marks[slot] != 0 && cells[slot] != cell { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        var larger = CellTable(capacity: cells.count * 2)
        for slot in cells.indices where marks[slot] == 2 || (marks[slot] == 1 && totals[slot] != 0) {
            let target = larger.place(of: cells[slot])
            larger.occupy(target, by: cells[slot])
            larger.totals[target] = totals[slot]
            larger.marks[target] = marks[slot]
        }
        larger.dirtyCount = dirtyCount
        larger.labels = labels
        larger.effects = effects
        larger.keepsEffects = keepsEffects
        self = larger
    }
}
