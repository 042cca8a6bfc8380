import Glibc
import LMDB

/// A folder for one test, removed with its files at the end.
final class Scratch {
    let path: String

    init() {
        var template = Array("/tmp/lmdb-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("no folder for the test: \(errno)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for folder in ["/env", "/env.new"] {
            for file in ["/data.mdb", "/lock.mdb"] { unlink(path + folder + file) }
            rmdir(path + folder)
        }
        unlink(path + "/link")
        rmdir(path)
    }

    var environmentPath: String { path + "/env" }
    var dataPath: String { environmentPath + "/data.mdb" }

    static let format = EnvironmentFormat(name: "test", version: 3)

    func open(
        _ tables: [String] = ["a"], access: Environment.Access = .readWrite, mapBytes: Int = Environment.defaultMapBytes
    ) throws(LMDBError) -> Environment {
        try Environment(
            at: environmentPath, format: Self.format, tables: tables, access: access, mapBytes: mapBytes)
    }
}

extension Transaction where Self: ~Copyable {
    /// A copy of a value.
    func copy<Key: TableKey>(_ table: Table, _ key: Key) throws -> [UInt8]? {
        guard let span = try value(in: table, for: key) else { return nil }
        return span.withUnsafeBytes { Array($0) }
    }
}

/// Writes from asynchronous tests, where a write is not to be had directly.
extension Environment {
    func put(_ value: [UInt8], _ key: UInt64) throws {
        try write { txn in try txn.put(value, for: key, in: table("a")) }
    }

    func nestWrites() throws { try write { _ in try write { _ in } } }
}

/// The reason of the LMDBError that `body` throws; nil when it throws none.
func reason(_ body: () throws -> Void) -> LMDBError.Reason? {
    do {
        try body()
        return nil
    } catch {
        return (error as? LMDBError)?.reason
    }
}
