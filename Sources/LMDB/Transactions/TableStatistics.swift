import CLMDB

/// The size of a table as a transaction sees it.
public struct TableStatistics: Hashable, Sendable {
    public let entries: Int
    /// The bytes of all its pages, branches and overflow pages included.
    public let bytes: Int

    init(_ stat: MDB_stat) {
        entries = stat.ms_entries
        bytes = (stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages) * Int(stat.ms_psize)
    }
}
