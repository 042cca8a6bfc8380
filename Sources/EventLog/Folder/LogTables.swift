import LMDB
import Touchpoints

/// The environment `log` and its tables.
struct LogTables: Sendable {
    let environment: Environment
    /// Key: the position of the block's first event.
    let blocks: Table
    /// The personal values, under the same keys.
    let personal: Table

    static let format = EnvironmentFormat(name: "wayfold.log", version: 4)

    init(_ folder: DataFolder, _ access: Environment.Access) throws(LogError) {
        environment = try SharedEnvironments.open(
            folder.logPath, Self.format, tables: ["blocks", "personal"], access: access)
        blocks = environment.table("blocks")
        personal = environment.table("personal")
    }

    /// Puts blocks behind those that are there, in one synced transaction.
    ///
    /// Fails where another process has put a block there.
    func append(_ packed: [BlockBuilder.Packed]) throws(LMDBError) {
        do {
            try environment.write { transaction in
                for packed in packed {
                    try transaction.append(packed.block, for: packed.first.rawValue, in: blocks)
                    try transaction.append(packed.personal, for: packed.first.rawValue, in: personal)
                }
            }
        } catch let error as LMDBError {
            throw error
        } catch {
            preconditionFailure("a write throws LMDBError only: \(error)")
        }
    }
}
