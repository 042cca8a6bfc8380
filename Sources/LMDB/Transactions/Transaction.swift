import CLMDB

/// What a read and a write transaction have in common: looking at tables at one state of the environment.
///
/// Spans and cursors point into the map and copy nothing. The compiler keeps them inside the transaction, and in a
/// write transaction also away from the next change.
public protocol Transaction: ~Copyable {
    /// LMDB's own transaction, for the extension below.
    var handle: TransactionHandle { get }
}

/// LMDB's transaction, opaque to other modules.
public struct TransactionHandle {
    @usableFromInline let raw: OpaquePointer

    init(_ raw: OpaquePointer) { self.raw = raw }

    @usableFromInline
    func value(in table: Table, for key: UnsafeRawBufferPointer) throws(LMDBError) -> UnsafeRawBufferPointer? {
        var keyValue = MDB_val(key)
        var found = MDB_val()
        switch mdb_get(raw, table.handle, &keyValue, &found) {
        case MDB_SUCCESS: return UnsafeRawBufferPointer(found)
        case MDB_NOTFOUND: return nil
        case let code: throw LMDBError(code: code, "get from table \(table.name)")
        }
    }
}

extension Transaction where Self: ~Copyable {
    /// The value of a key, or nil. Zero-copy, aligned to two bytes only: O(log n) in the entries of the table.
    @inlinable
    @_lifetime(borrow self)
    public func value<Key: TableKey & ~Copyable & ~Escapable>(
        in table: Table, for key: borrowing Key
    ) throws(LMDBError) -> RawSpan? {
        let handle = handle
        let found: Result<UnsafeRawBufferPointer?, LMDBError> = key.withKeyBytes { bytes in
            Result { () throws(LMDBError) in try handle.value(in: table, for: bytes) }
        }
        guard let bytes = try found.get() else { return nil }
        return _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }

    /// Whether the table has the key.
    @inlinable
    public func contains<Key: TableKey & ~Copyable & ~Escapable>(
        _ key: borrowing Key, in table: Table
    ) throws(LMDBError) -> Bool {
        try value(in: table, for: key) != nil
    }

    /// A cursor over the table, standing nowhere yet.
    @_lifetime(borrow self)
    public func cursor(in table: Table) throws(LMDBError) -> Cursor {
        var raw: OpaquePointer?
        try check(mdb_cursor_open(handle.raw, table.handle, &raw), "open a cursor in table \(table.name)")
        return _overrideLifetime(Cursor(raw!, table), borrowing: self)
    }

    /// The number of entries of the table and the bytes of its pages.
    public func statistics(of table: Table) throws(LMDBError) -> TableStatistics {
        var stat = MDB_stat()
        try check(mdb_stat(handle.raw, table.handle, &stat), "measure table \(table.name)")
        return TableStatistics(stat)
    }
}

extension MDB_val {
    init(_ bytes: UnsafeRawBufferPointer) {
        self.init(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }
}

extension UnsafeRawBufferPointer {
    init(_ value: MDB_val) { self.init(start: value.mv_data, count: value.mv_size) }
}
