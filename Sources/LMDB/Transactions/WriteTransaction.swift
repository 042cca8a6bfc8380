import CLMDB

/// All or nothing: changes that are on disk when ``Environment/write(_:)`` returns, or nowhere when it throws.
///
/// After a change was refused for want of space the transaction can only be given up: `write` then throws that
/// refusal even where the closure swallowed it.
public struct WriteTransaction: ~Copyable, Transaction {
    public let handle: TransactionHandle
    /// At most so many bytes are added to the file, in transactions of ordinary shape: 0 when nothing was changed.
    ///
    /// A change copies the pages on the way to it and may split each; a value of its own pages may be put twice.
    private(set) var growth = 0
    /// Why this transaction must not be committed.
    private(set) var failure: LMDBError?

    init(_ handle: TransactionHandle) { self.handle = handle }

    /// Nothing was changed, so there is nothing to commit.
    var isClean: Bool { growth == 0 }

    /// The number of this transaction: greater by one than that of the last committed one.
    public var identifier: UInt64 { UInt64(mdb_txn_id(handle.raw)) }

    /// Stores a value under a key, in place of an earlier one.
    public mutating func put<Key: TableKey & ~Copyable & ~Escapable>(
        _ value: RawSpan, for key: borrowing Key, in table: Table
    ) throws(LMDBError) {
        try put(value, for: key, in: table, flags: 0)
    }

    /// Stores a value under a key, in place of an earlier one.
    public mutating func put<Key: TableKey & ~Copyable & ~Escapable>(
        _ value: [UInt8], for key: borrowing Key, in table: Table
    ) throws(LMDBError) {
        try put(value.span.bytes, for: key, in: table, flags: 0)
    }

    /// Stores an entry behind all others: the fast way to load what is sorted. Pages are filled to the brim.
    ///
    /// Throws `outOfOrder` when the key is not greater than the last one; the transaction goes on.
    public mutating func append<Key: TableKey & ~Copyable & ~Escapable>(
        _ value: RawSpan, for key: borrowing Key, in table: Table
    ) throws(LMDBError) {
        try put(value, for: key, in: table, flags: MDB_APPEND)
    }

    /// Stores an entry behind all others, as ``append(_:for:in:)-(RawSpan,_,_)`` does.
    public mutating func append<Key: TableKey & ~Copyable & ~Escapable>(
        _ value: [UInt8], for key: borrowing Key, in table: Table
    ) throws(LMDBError) {
        try put(value.span.bytes, for: key, in: table, flags: MDB_APPEND)
    }

    /// Makes room for a value of `byteCount` bytes under a key and has `fill` write it in place, without a copy.
    ///
    /// `fill` must write every byte: what was there before is undefined. When it throws, the transaction is given up.
    public mutating func reserve<Key: TableKey & ~Copyable & ~Escapable>(
        _ byteCount: Int, for key: borrowing Key, in table: Table, fill: (inout MutableRawSpan) throws -> Void
    ) throws {
        var space = MDB_val(mv_size: byteCount, mv_data: nil)
        try change(put(&space, for: key, in: table, flags: MDB_RESERVE), "put in table \(table.name)")
        var span = MutableRawSpan(
            _unsafeBytes: UnsafeMutableRawBufferPointer(start: space.mv_data, count: space.mv_size))
        do {
            try fill(&span)
        } catch {
            failure = LMDBError(.code(MDB_BAD_TXN), "commit a value that was not filled in table \(table.name)")
            throw error
        }
    }

    /// Removes a key; false when it was not there.
    @discardableResult
    public mutating func delete<Key: TableKey & ~Copyable & ~Escapable>(
        _ key: borrowing Key, in table: Table
    ) throws(LMDBError) -> Bool {
        let handle = handle
        let code = key.withKeyBytes { bytes in
            var keyValue = MDB_val(bytes)
            return mdb_del(handle.raw, table.handle, &keyValue, nil)
        }
        if code == MDB_NOTFOUND { return false }
        try change(code, "delete from table \(table.name)")
        return true
    }

    /// Removes all entries of a table. O(pages of the table).
    public mutating func clear(_ table: Table) throws(LMDBError) {
        try change(mdb_drop(handle.raw, table.handle, 0), "clear table \(table.name)")
    }

    private mutating func put<Key: TableKey & ~Copyable & ~Escapable>(
        _ value: RawSpan, for key: borrowing Key, in table: Table, flags: Int32
    ) throws(LMDBError) {
        let code = value.withUnsafeBytes { bytes in
            var data = MDB_val(bytes)
            return put(&data, for: key, in: table, flags: flags)
        }
        if code == MDB_KEYEXIST { throw LMDBError(.outOfOrder, "append to table \(table.name)") }
        try change(code, "put in table \(table.name)")
    }

    private mutating func put<Key: TableKey & ~Copyable & ~Escapable>(
        _ data: inout MDB_val, for key: borrowing Key, in table: Table, flags: Int32
    ) -> Int32 {
        growth += 2 * data.mv_size
        return key.withKeyBytes { bytes in
            var keyValue = MDB_val(bytes)
            return mdb_put(handle.raw, table.handle, &keyValue, &data, UInt32(flags))
        }
    }

    /// Notes what a change came to. A key or value of a wrong size leaves the transaction as it was.
    mutating func change(_ code: Int32, _ attempted: @autoclosure () -> String) throws(LMDBError) {
        growth += 16 * 4_096
        guard code != MDB_SUCCESS else { return }
        let error = LMDBError(code: code, attempted())
        if code != MDB_BAD_VALSIZE { failure = failure ?? error }
        throw error
    }
}
