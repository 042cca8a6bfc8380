import CLMDB
import Glibc
import Synchronization

/// LMDB's environment while it is open: owned by the `Environment` and by each transaction in it, closed by the last.
final class OpenEnvironment: @unchecked Sendable {
    let raw: OpaquePointer
    private let file: OpenFile
    /// Whether this process may write the file.
    let isWritable: Bool
    let path: String
    private let refusesWrites = Atomic(false)
    /// The thread inside a write transaction, 0 when there is none.
    private let writer = Atomic<UInt>(0)

    /// Opens the existing file in the folder, which this process must not have open yet.
    init(at path: String, access: Environment.Access, tables: Int, mapBytes: Int) throws(LMDBError) {
        guard let (file, bytes) = OpenFile.find(path + "/data.mdb") else {
            throw LMDBError(.missing, "open \(path)")
        }
        // LMDB takes an empty file for a new environment, and reads both meta pages of any other.
        let shortest = UInt64(2 * getpagesize())
        guard bytes >= shortest else {
            throw LMDBError(.truncated(fileBytes: bytes, neededBytes: shortest), "open \(path)")
        }
        guard OpenFile.register(file) else { throw LMDBError(.alreadyOpen, "open \(path)") }
        do {
            // Who only reads may want to write later, as whoever becomes the owner of a folder does.
            isWritable = access == .readWrite || Glibc.access(path + "/data.mdb", W_OK) == 0
            raw = try Self.open(
                path, flags: MDB_NOTLS | (isWritable ? 0 : MDB_RDONLY), tables: tables, mapBytes: mapBytes)
        } catch {
            OpenFile.release(file)
            throw error
        }
        self.path = path
        self.file = file
    }

    deinit {
        mdb_env_close(raw)
        OpenFile.release(file)
    }

    /// LMDB's environment at `path`, synced at every commit.
    static func open(_ path: String, flags: Int32, tables: Int, mapBytes: Int) throws(LMDBError) -> OpaquePointer {
        let attempted = "open \(path)"
        var created: OpaquePointer?
        try check(mdb_env_create(&created), attempted)
        let raw = created!
        do {
            try check(mdb_env_set_maxdbs(raw, UInt32(tables + 1)), attempted)
            try check(mdb_env_set_maxreaders(raw, 1_024), attempted)
            try check(mdb_env_set_mapsize(raw, mapBytes), attempted)
            try check(mdb_env_open(raw, path, UInt32(flags), 0o600), attempted)
        } catch {
            mdb_env_close(raw)
            throw error
        }
        var found: UInt32 = 0
        mdb_env_get_flags(raw, &found)
        let weakening = UInt32(MDB_NOSYNC | MDB_NOMETASYNC | MDB_MAPASYNC | MDB_WRITEMAP)
        precondition(found & weakening == 0 && found & UInt32(MDB_NOTLS) != 0, "a commit must be synced")
        return raw
    }

    /// Runs one write transaction that stamps `meta` with its number.
    func write<R: ~Copyable>(stamping meta: Table, _ body: (inout WriteTransaction) throws -> R) throws -> R {
        let thread = UInt(pthread_self())
        precondition(writer.load(ordering: .relaxed) != thread, "a write inside a write")
        if refusesWrites.load(ordering: .acquiring) { throw LMDBError(.writesRefused, "begin a write") }
        var raw: OpaquePointer?
        try check(mdb_txn_begin(self.raw, nil, 0, &raw), "begin a write")
        writer.store(thread, ordering: .relaxed)
        // Another thread may have begun already when this one gets here: then the mark is that thread's.
        defer { _ = writer.compareExchange(expected: thread, desired: 0, ordering: .relaxed) }

        var transaction = WriteTransaction(TransactionHandle(raw!))
        var isRunning = true
        do {
            let result = try body(&transaction)
            if let failure = transaction.failure { throw failure }
            if !transaction.isClean {
                try MetaTable.stamp(&transaction, meta)
                extendFile(by: transaction.growth)
                isRunning = false
                try commit(raw!)
            } else {
                mdb_txn_abort(raw)
            }
            return result
        } catch {
            // LMDB has ended a transaction whose commit failed.
            if isRunning { mdb_txn_abort(raw) }
            throw error
        }
    }

    /// Commits, and tells a commit that did not happen from one that may have.
    private func commit(_ transaction: OpaquePointer) throws(LMDBError) {
        let code = mdb_txn_commit(transaction)
        guard code != MDB_SUCCESS else { return extendFile(by: 0) }
        // LMDB refuses every later transaction when the write of the meta page itself has failed. As long as it does
        // not, a want of space was met before that page: the transaction is undone, and others may follow. On a full
        // disk a write comes back short, which LMDB reports as EIO; any other EIO is the disk's, and the end.
        if code == MDB_MAP_FULL { throw LMDBError(code: code, "commit") }
        if code == ENOSPC || code == EDQUOT || (code == EIO && isDiskFull), canBegin {
            throw LMDBError(.diskFull, "commit")
        }
        refusesWrites.store(true, ordering: .releasing)
        throw LMDBError(.commitUnknown(code: code), "commit")
    }

    /// Whether the disk of the file has less than 1 MiB left.
    private var isDiskFull: Bool {
        var disk = statvfs()
        return fstatvfs(descriptor, &disk) == 0 && disk.f_bavail * disk.f_frsize < 1 << 20
    }

    private var canBegin: Bool {
        var probe: OpaquePointer?
        guard mdb_txn_begin(raw, nil, UInt32(MDB_RDONLY), &probe) == MDB_SUCCESS else { return false }
        mdb_txn_abort(probe)
        return true
    }

    /// The number of the transaction that was committed last, by whatever process. Reads a word of the map.
    var lastTransaction: UInt64 {
        var info = MDB_envinfo()
        mdb_env_info(raw, &info)
        return UInt64(info.me_last_txnid)
    }

    var descriptor: Int32 {
        var descriptor: mdb_filehandle_t = -1
        mdb_env_get_fd(raw, &descriptor)
        return descriptor
    }

    /// How many read transactions are open.
    var openReads: Int {
        var count = 0
        // A line for each slot of a reader, behind a heading; one that reads nothing now has a dash for its transaction.
        mdb_reader_list(
            raw,
            { line, count in
                let text = String(cString: line!)
                if text.dropLast().last?.isNumber == true { count!.assumingMemoryBound(to: Int.self).pointee += 1 }
                return 0
            }, &count)
        return count
    }

    /// Frees the slots of dead readers; their number.
    func checkReaders() throws(LMDBError) -> Int {
        var dead: Int32 = 0
        try check(mdb_reader_check(raw, &dead), "check the readers")
        return Int(dead)
    }
}
