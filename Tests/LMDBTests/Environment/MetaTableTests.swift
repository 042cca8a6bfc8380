import CLMDB
import LMDB
import Testing

@Suite struct MetaTableTests {
    let scratch = Scratch()

    @Test func `a meta page of another transaction than its data is found`() throws {
        try scratch.open().close()
        try change { txn, meta in
            var key = Array("transaction".utf8)
            var number = UInt64(mdb_txn_id(txn)) - 1
            put(&key, &number, txn, meta)
        }
        #expect(reason { _ = try scratch.open() } == .tornMeta(stored: 1, transaction: 2))
    }

    @Test func `a transaction that was not stamped is found`() throws {
        try scratch.open().close()
        try change { txn, meta in
            var key = Array("else".utf8)
            var number = UInt64(0)
            put(&key, &number, txn, meta)
        }
        #expect(reason { _ = try scratch.open() } == .tornMeta(stored: 1, transaction: 2))
    }

    @Test func `an environment without stamps is refused`() throws {
        try scratch.open().close()
        try change { txn, meta in mdb_drop(txn, meta, 0) }
        #expect(reason { _ = try scratch.open() } == .notStamped)
    }

    @Test(arguments: [
        (EnvironmentFormat(name: "test", version: 2), false),
        (EnvironmentFormat(name: "test", version: 3), true),
        (EnvironmentFormat(name: "test", version: 4, oldestReadable: 3), true),
        (EnvironmentFormat(name: "test", version: 4), false),
        (EnvironmentFormat(name: "other", version: 3), false),
    ])
    func `a program opens the formats that it reads`(format: EnvironmentFormat, isOpened: Bool) throws {
        try scratch.open().close()
        let refusal = reason {
            let environment = try Environment(at: scratch.environmentPath, format: format, tables: ["a"])
            #expect(environment.format == Scratch.format)
        }
        #expect(refusal == (isOpened ? nil : .format(found: Scratch.format)))
    }

    /// Changes the closed environment behind the layer's back.
    private func change(_ body: (OpaquePointer, MDB_dbi) -> Void) throws {
        var environment: OpaquePointer?
        var txn: OpaquePointer?
        var meta: MDB_dbi = 0
        try #require(mdb_env_create(&environment) == 0)
        mdb_env_set_maxdbs(environment, 4)
        try #require(mdb_env_open(environment, scratch.environmentPath, 0, 0o600) == 0)
        try #require(mdb_txn_begin(environment, nil, 0, &txn) == 0)
        try #require(mdb_dbi_open(txn, "meta", 0, &meta) == 0)
        body(txn!, meta)
        try #require(mdb_txn_commit(txn) == 0)
        mdb_env_close(environment)
    }

    private func put(_ key: inout [UInt8], _ number: inout UInt64, _ txn: OpaquePointer, _ meta: MDB_dbi) {
        key.withUnsafeMutableBytes { key in
            withUnsafeMutableBytes(of: &number) { number in
                var keyValue = MDB_val(mv_size: key.count, mv_data: key.baseAddress)
                var value = MDB_val(mv_size: 8, mv_data: number.baseAddress)
                #expect(mdb_put(txn, meta, &keyValue, &value, 0) == 0)
            }
        }
    }
}
