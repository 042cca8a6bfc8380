import CLMDB

/// One state of the environment, readable for as long as the transaction lives. It ends itself.
public struct ReadTransaction: ~Copyable, Transaction {
    public let handle: TransactionHandle
    /// Keeps the environment open behind the transaction's back.
    private let environment: OpenEnvironment

    init(_ environment: OpenEnvironment) throws(LMDBError) {
        var raw: OpaquePointer?
        try check(mdb_txn_begin(environment.raw, nil, UInt32(MDB_RDONLY), &raw), "begin a read")
        handle = TransactionHandle(raw!)
        self.environment = environment
    }

    deinit { mdb_txn_abort(handle.raw) }

    /// The number of the write transaction whose result is read.
    public var identifier: UInt64 { UInt64(mdb_txn_id(handle.raw)) }

    /// Whether nothing was committed since, by whatever process. O(1), without a system call.
    public var isNewest: Bool { identifier == environment.lastTransaction }
}
