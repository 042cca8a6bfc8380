import CLMDB

extension OpenEnvironment {
    /// Opens the tables that are there. A handle lives as long as the environment, but only a commit keeps it.
    func openTables(_ names: [String]) throws(LMDBError) -> [String: Table] {
        var raw: OpaquePointer?
        try check(mdb_txn_begin(self.raw, nil, UInt32(MDB_RDONLY), &raw), "begin a read")
        var tables: [String: Table] = [:]
        for name in names {
            var handle: MDB_dbi = 0
            let code = mdb_dbi_open(raw, name, 0, &handle)
            if code == MDB_NOTFOUND { continue }
            if code != MDB_SUCCESS {
                mdb_txn_abort(raw)
                throw LMDBError(code: code, "open table \(name)")
            }
            tables[name] = Table(name: name, handle: handle)
        }
        try check(mdb_txn_commit(raw), "open the tables")
        return tables
    }

    /// Makes tables in one write transaction.
    func create(_ names: [String], stamping meta: Table) throws(LMDBError) -> [String: Table] {
        do {
            return try write(stamping: meta) { transaction in
                var tables: [String: Table] = [:]
                for name in names { tables[name] = try transaction.create(name) }
                return tables
            }
        } catch let error as LMDBError {
            throw error
        } catch {
            preconditionFailure("creating tables throws LMDBError only: \(error)")
        }
    }
}

extension WriteTransaction {
    /// Makes a table that is not there.
    mutating func create(_ name: String) throws(LMDBError) -> Table {
        var dbi: MDB_dbi = 0
        try change(mdb_dbi_open(handle.raw, name, UInt32(MDB_CREATE), &dbi), "create table \(name)")
        return Table(name: name, handle: dbi)
    }
}
