import Touchpoints

/// What the customers of some pages have changed beside their own states.
struct LaneYield {
    var cells: CellTable
    var snapshots: SnapshotTable
    /// Customers whose lists of events change otherwise than at the end.
    var edited: [CustomerNumber: ListEdit] = [:]
    /// Customers whose standing contributions are taken back and not yet added again.
    var touched: [CustomerNumber] = []
    /// Customers of a ledger whose steps are to be booked one by one, as some of them fail or have failed.
    var failed: [CustomerNumber] = []

    init(cells: consuming CellTable = CellTable(capacity: 8), snapshots: consuming SnapshotTable) {
        self.cells = cells
        self.snapshots = snapshots
    }

    mutating func edit(_ customer: CustomerNumber, _ edit: ListEdit) { edited[customer] = edit }

    /// Takes in what other customers have changed. O(what there is).
    mutating func add(_ other: consuming LaneYield) {
        cells.add(other.cells)
        snapshots.add(other.snapshots)
        edited.merge(other.edited) { $0.with($1.keys) }
        touched += other.touched
        failed += other.failed
    }
}
