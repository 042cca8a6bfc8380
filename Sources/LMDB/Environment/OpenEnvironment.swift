import CLMDB
import Glibc
import Synchronization

/// LMDB's environment while it is open: owned by the `Environment` and by each transaction in it, closed by the last.
final class OpenEnvironment: @unchecked Sendable {
    let raw: OpaquePointer
    private let file: OpenFile
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
            let access = access == .readOnly ? MDB_RDONLY : 0
            raw = try Self.open(path, flags: MDB_NOTLS | access, tables: tables, mapBytes: mapBytes)
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
        // Of these the transaction was undone before its meta page was written. A failed write of the meta page itself
        // makes LMDB refuse every later transaction, and a failed sync must never be tried again.
        let isUndone = code == MDB_MAP_FULL || (code == ENOSPC && canBegin)
        if isUndone { throw LMDBError(code: code, "commit") }
        refusesWrites.store(true, ordering: .releasing)
        throw LMDBError(.commitUnknown(code: code), "commit")
    }

    private var canBegin: Bool {
        var probe: OpaquePointer?
        guard mdb_txn_begin(raw, nil, UInt32(MDB_RDONLY), &probe) == MDB_SUCCESS else { return false }
        mdb_txn_abort(probe)
        return true
    }

    /// Makes the file as long as its meta page says, and `growth` bytes longer: a hole, which takes no room on the disk.
    ///
    /// LMDB writes no page that one transaction both took at the end of the file and freed. Without this the check of
    /// the length at the next opening would take such a file for a truncated one. It is done before a commit, as far
    /// as can be known then, so that the sync covers it, and again behind it. A refusal by the system is let pass: it
    /// says nothing about the commit.
    private func extendFile(by growth: Int) {
        guard let lengths = try? lengths() else { return }
        let wanted = lengths.needed + UInt64(min(growth, 64 << 20))
        if lengths.file < wanted { ftruncate(descriptor, off_t(wanted)) }
    }

    /// Throws when the file is shorter than its meta page says: reading beyond its end would kill the process.
    func checkLength() throws(LMDBError) {
        let lengths = try lengths()
        if lengths.file < lengths.needed {
            throw LMDBError(.truncated(fileBytes: lengths.file, neededBytes: lengths.needed), "open \(path)")
        }
    }

    /// The bytes of the file, and the bytes up to the last page that its meta page knows.
    func lengths() throws(LMDBError) -> (file: UInt64, needed: UInt64) {
        var info = MDB_envinfo()
        mdb_env_info(raw, &info)
        var stat = MDB_stat()
        mdb_env_stat(raw, &stat)
        var file = Glibc.stat()
        guard fstat(descriptor, &file) == 0 else { throw LMDBError(.code(errno), "measure the file") }
        return (UInt64(file.st_size), UInt64(info.me_last_pgno + 1) * UInt64(stat.ms_psize))
    }

    private var descriptor: Int32 {
        var descriptor: mdb_filehandle_t = -1
        mdb_env_get_fd(raw, &descriptor)
        return descriptor
    }

    /// Frees the slots of dead readers; their number.
    func checkReaders() throws(LMDBError) -> Int {
        var dead: Int32 = 0
        try check(mdb_reader_check(raw, &dead), "check the readers")
        return Int(dead)
    }
}
