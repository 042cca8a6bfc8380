import LMDB

/// The environment `index` and its tables. Derived from the log: it may be deleted at any time nobody has it open.
struct IndexTables: Sendable {
    let environment: Environment
    /// Chunks, fences and Bloom filters of the runs; see ``Run`` for the keys. Each value ends with its checksum.
    let runs: Table
    /// One value under key 0: the ``Manifest``.
    let manifest: Table

    static let format = EnvironmentFormat(name: "wayfold.index", version: 2)
    static let manifestKey: UInt64 = 0

    init(_ folder: DataFolder, _ access: Environment.Access) throws(LogError) {
        environment = try SharedEnvironments.open(
            folder.indexPath, Self.format, tables: ["runs", "manifest"], access: access)
        runs = environment.table("runs")
        manifest = environment.table("manifest")
    }

    /// What is committed now.
    func snapshot() throws(LogError) -> ReadSnapshot {
        do { return try environment.snapshot() } catch { throw .storage(error) }
    }

    /// Writes in one transaction.
    func write(_ body: (inout WriteTransaction) throws(LMDBError) -> Void) throws(LogError) {
        do {
            try environment.write { transaction in try body(&transaction) }
        } catch let error as LMDBError {
            throw .storage(error)
        } catch {
            preconditionFailure("a write throws LMDBError only: \(error)")
        }
    }
}
