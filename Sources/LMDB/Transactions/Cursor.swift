import CLMDB
import Glibc

/// A place in a table that moves in the order of the keys.
///
/// ```swift
/// var cursor = try transaction.cursor(in: blocks)
/// var found = try cursor.floor(position)
/// while found {
///     read(cursor.key, cursor.value)
///     found = try cursor.next()
/// }
/// ```
/// After a move that returned false the cursor stands nowhere, and `key`, `value`, `next` and `previous` trap.
public struct Cursor: ~Copyable, ~Escapable {
    private let raw: OpaquePointer
    private let table: Table
    private var foundKey = MDB_val()
    private var foundValue = MDB_val()
    /// Whether the cursor stands on an entry.
    public private(set) var isPositioned = false

    @_lifetime(immortal)
    init(_ raw: OpaquePointer, _ table: Table) {
        self.raw = raw
        self.table = table
    }

    deinit { mdb_cursor_close(raw) }

    /// The key of the entry, valid as long as the transaction.
    public var key: RawSpan {
        @_lifetime(copy self)
        get { span(foundKey) }
    }

    /// The value of the entry, valid as long as the transaction; aligned to two bytes only.
    public var value: RawSpan {
        @_lifetime(copy self)
        get { span(foundValue) }
    }

    /// Goes to the least key; false when the table is empty.
    public mutating func first() throws(LMDBError) -> Bool { try move(MDB_FIRST) }

    /// Goes to the greatest key; false when the table is empty.
    public mutating func last() throws(LMDBError) -> Bool { try move(MDB_LAST) }

    /// Goes to the first key that is at least `key`; false when all are less. O(log n) in the entries.
    public mutating func seek<Key: TableKey & ~Copyable & ~Escapable>(
        _ key: borrowing Key
    ) throws(LMDBError) -> Bool {
        let found: Result<Bool, LMDBError> = key.withKeyBytes { bytes in
            foundKey = MDB_val(bytes)
            return Result { () throws(LMDBError) in try move(MDB_SET_RANGE) }
        }
        return try found.get()
    }

    /// Goes to the greatest key that is at most `key`; false when all are greater. O(log n) in the entries.
    public mutating func floor<Key: TableKey & ~Copyable & ~Escapable>(
        _ key: borrowing Key
    ) throws(LMDBError) -> Bool {
        guard try seek(key) else { return try last() }
        let isSame = key.withKeyBytes { bytes in
            bytes.count == foundKey.mv_size && memcmp(bytes.baseAddress!, foundKey.mv_data, bytes.count) == 0
        }
        return isSame ? true : try previous()
    }

    /// Goes to the entry after this one; false behind the last.
    public mutating func next() throws(LMDBError) -> Bool {
        precondition(isPositioned, "the cursor stands nowhere")
        return try move(MDB_NEXT)
    }

    /// Goes to the entry before this one; false before the first.
    public mutating func previous() throws(LMDBError) -> Bool {
        precondition(isPositioned, "the cursor stands nowhere")
        return try move(MDB_PREV)
    }

    private mutating func move(_ operation: MDB_cursor_op) throws(LMDBError) -> Bool {
        var key = foundKey
        var value = MDB_val()
        let code = mdb_cursor_get(raw, &key, &value, operation)
        isPositioned = code == MDB_SUCCESS
        foundKey = key
        foundValue = value
        if code != MDB_NOTFOUND { try check(code, "move a cursor in table \(table.name)") }
        return isPositioned
    }

    @_lifetime(copy self)
    private func span(_ value: MDB_val) -> RawSpan {
        precondition(isPositioned, "the cursor stands nowhere")
        return _overrideLifetime(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(value)), copying: self)
    }
}
