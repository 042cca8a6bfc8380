import CLMDB

/// A named table of one environment, opened with it.
///
/// A handle is two words; it belongs to the environment that gave it and to no other.
public struct Table: Hashable, Sendable {
    public let name: String
    @usableFromInline let handle: MDB_dbi
}
