import CLMDB
import Glibc
import Synchronization

/// Makes environments so that a folder of the final name is a whole one, whenever the machine stops.
enum Creation {
    private static let lock = Mutex(())

    /// Makes an environment at `path` unless there is one: in the folder `path.new`, synced, then renamed.
    ///
    /// What an interrupted creation left there is removed first, so two processes must not create at once.
    static func create(
        at path: String, format: EnvironmentFormat, tables: [String], mapBytes: Int
    ) throws(LMDBError) {
        try lock.withLock { _ throws(LMDBError) in
            if OpenFile.find(path + "/data.mdb") != nil { return }
            let attempted = "create \(path)"
            let new = path + ".new"
            for file in ["/data.mdb", "/lock.mdb"] { unlink(new + file) }
            rmdir(new)
            try system(mkdir(new, 0o700), attempted)
            try fill(new, format: format, tables: tables, mapBytes: mapBytes)
            try sync(new + "/data.mdb", attempted)
            try sync(new, attempted)
            try system(rename(new, path), attempted)
            try sync(path + "/..", attempted)
        }
    }

    /// Commits the stamps and the empty tables, and closes.
    private static func fill(
        _ path: String, format: EnvironmentFormat, tables: [String], mapBytes: Int
    ) throws(LMDBError) {
        let raw = try OpenEnvironment.open(path, flags: MDB_NOTLS, tables: tables.count, mapBytes: mapBytes)
        defer { mdb_env_close(raw) }
        var handle: OpaquePointer?
        try check(mdb_txn_begin(raw, nil, 0, &handle), "begin a write")
        var transaction = WriteTransaction(TransactionHandle(handle!))
        do {
            let meta = try transaction.create(MetaTable.name)
            for name in tables { _ = try transaction.create(name) }
            try MetaTable.put(format, &transaction, meta)
            try MetaTable.stamp(&transaction, meta)
        } catch {
            mdb_txn_abort(handle)
            throw error
        }
        try check(mdb_txn_commit(handle), "commit the first transaction")
    }

    private static func sync(_ path: String, _ attempted: String) throws(LMDBError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        try system(descriptor, attempted)
        defer { Glibc.close(descriptor) }
        try system(fsync(descriptor), attempted)
    }

    private static func system(_ result: Int32, _ attempted: String) throws(LMDBError) {
        if result < 0 { throw LMDBError(code: errno, attempted) }
    }
}
