import CLMDB
import Glibc
import Synchronization

/// An LMDB environment: one folder with one file of tables, read by many at once and written by one.
///
/// ```swift
/// let log = try Environment(
///     at: "data/log", format: EnvironmentFormat(name: "wayfold.log", version: 1), tables: ["blocks"])
/// let blocks = log.table("blocks")
/// try log.write { transaction in try transaction.put(bytes, for: UInt64(1), in: blocks) }
/// let size = try log.read { transaction in try transaction.value(in: blocks, for: UInt64(1))?.byteCount }
/// ```
/// Every commit is synced; no option weakens that. Write from one thread only, such as a ``DedicatedThread``.
public final class Environment: Sendable {
    private let open: Mutex<OpenEnvironment?>
    private let tables: [String: Table]
    private let meta: Table
    public let access: Access
    /// The stamp that the environment was found with.
    public let format: EnvironmentFormat

    public enum Access: Hashable, Sendable {
        /// Opens the environment, and makes it and its tables where they are missing.
        case readWrite
        /// Opens an existing environment, also beside a process that writes it; nothing is written.
        case readOnly
    }

    /// Address space for the file, of which nothing is used until it is written: 256 GiB, or a thirty-second of what
    /// this process may have where that is limited (`ulimit -v`).
    public static let defaultMapBytes: Int = {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return 256 << 30 }
        // In whole pages of any machine.
        return Int(min(256 << 30, limit.rlim_cur / 32)) & ~0xFFFF
    }()

    /// Opens the environment in the folder `path`.
    ///
    /// Checks that this process has it open only once, that the file is as long as it says, that its stamp fits
    /// `format`, and that its last transaction is whole; each failure is its own ``LMDBError/Reason-swift.enum``.
    /// Cost: a few system calls, whatever the size.
    public init(
        at path: String, format: EnvironmentFormat, tables names: [String], access: Access = .readWrite,
        mapBytes: Int = defaultMapBytes
    ) throws(LMDBError) {
        precondition(!names.contains(MetaTable.name), "the table \(MetaTable.name) is the environment's own")
        if access == .readWrite {
            try Creation.create(at: path, format: format, tables: names, mapBytes: mapBytes)
        }
        let environment = try OpenEnvironment(at: path, access: access, tables: names.count, mapBytes: mapBytes)
        try environment.checkLength()
        _ = try environment.checkReaders()
        var tables = try environment.openTables([MetaTable.name] + names)
        guard let meta = tables[MetaTable.name] else { throw LMDBError(.notStamped, "open \(path)") }
        self.format = try MetaTable.check(ReadTransaction(environment), meta, expecting: format, at: path)

        let missing = names.filter { tables[$0] == nil }
        if let name = missing.first, access == .readOnly { throw LMDBError(.tableMissing(name), "open \(path)") }
        if !missing.isEmpty {
            let created = try environment.create(missing, stamping: meta)
            tables.merge(created) { $1 }
        }
        self.access = access
        self.meta = meta
        self.tables = tables
        open = Mutex(environment)
    }

    /// The same environment for writing, beside who reads it.
    init(writing other: Environment) throws(LMDBError) {
        let environment = try other.opened("open for writing")
        guard environment.isWritable else { throw LMDBError(.openForReading, "open \(environment.path)") }
        (access, meta, tables, format) = (.readWrite, other.meta, other.tables, other.format)
        open = Mutex(environment)
    }

    deinit { close() }

    /// The handle of a table that was named at opening; any other traps.
    public func table(_ name: String) -> Table {
        guard let table = tables[name] else { preconditionFailure("table \(name) was not named at opening") }
        return table
    }

    /// Runs `body` over the last committed state. Keep it short: pages that it sees cannot be reused meanwhile.
    public func read<R: ~Copyable>(_ body: (borrowing ReadTransaction) throws -> R) throws -> R {
        let transaction = try ReadTransaction(opened("begin a read"))
        return try body(transaction)
    }

    /// Holds the last committed state for reading over many calls.
    public func snapshot() throws(LMDBError) -> ReadSnapshot {
        ReadSnapshot(try ReadTransaction(opened("begin a read")))
    }

    /// Runs `body` in a write transaction: committed and synced when it returns, undone when it throws.
    ///
    /// Begin to end on one thread, so there is no asynchronous form. A `body` that changes nothing costs no sync. Waits
    /// for a writer on another thread or process; a write inside a write traps. Throws `mapFull` or `diskFull` when
    /// there was no room, and later writes may pass; throws `commitUnknown` when the commit failed in a way that
    /// leaves its outcome open, and `writesRefused` ever after.
    @available(*, noasync, message: "a write transaction belongs to one thread: write from an actor on one")
    public func write<R: ~Copyable>(_ body: (inout WriteTransaction) throws -> R) throws -> R {
        guard access == .readWrite else { throw LMDBError(.readOnly, "begin a write") }
        return try opened("begin a write").write(stamping: meta, body)
    }

    /// Frees the slots of readers that died without ending; their number. Done at opening; do it now and then.
    @discardableResult
    public func checkReaders() throws(LMDBError) -> Int {
        try opened("check the readers").checkReaders()
    }

    /// How many read transactions are open, of all processes: pages that they see cannot be reused meanwhile. 0 where it is
    /// closed.
    public var openReads: Int { (try? opened("count the readers"))?.openReads ?? 0 }

    /// The bytes of the file in use: all pages up to the last.
    public func usedBytes() throws(LMDBError) -> Int {
        Int(try opened("measure the environment").lengths().needed)
    }

    /// Closes the environment. It still counts as open until the transactions and snapshots that are running end.
    public func close() {
        open.withLock { $0 = nil }
    }

    private func opened(_ attempted: String) throws(LMDBError) -> OpenEnvironment {
        guard let environment = open.withLock({ $0 }) else { throw LMDBError(.closed, attempted) }
        return environment
    }
}
