import CLMDB

/// The environment's own table: what is stored in it, and which transaction wrote last.
///
/// | key | value |
/// |---|---|
/// | `format` | ``EnvironmentFormat`` |
/// | `transaction` | the number of the transaction that wrote the value, UInt64, little-endian |
///
/// LMDB's meta page has no checksum. When a torn write leaves the number of one transaction with the pages of
/// another, the number in this table, which lies in these pages, is not the one of the meta page.
enum MetaTable {
    static let name = "meta"
    private static let formatKey = Array("format".utf8)
    private static let transactionKey = Array("transaction".utf8)

    /// Writes the number of the transaction: the last thing that every write does.
    static func stamp(_ transaction: inout WriteTransaction, _ meta: Table) throws(LMDBError) {
        let number = withUnsafeBytes(of: transaction.identifier.littleEndian) { Array($0) }
        try transaction.put(number, for: transactionKey, in: meta)
    }

    static func put(
        _ format: EnvironmentFormat, _ transaction: inout WriteTransaction, _ meta: Table
    ) throws(LMDBError) {
        try transaction.put(format.stamp, for: formatKey, in: meta)
    }

    /// Compares the stamps with what is expected and with the transaction that is read; the format found.
    static func check(
        _ transaction: borrowing ReadTransaction, _ meta: Table, expecting format: EnvironmentFormat, at path: String
    ) throws(LMDBError) -> EnvironmentFormat {
        guard let stamp = try transaction.value(in: meta, for: formatKey), let found = EnvironmentFormat(stamp: stamp)
        else { throw LMDBError(.notStamped, "open \(path)") }
        guard format.reads(found) else { throw LMDBError(.format(found: found), "open \(path)") }

        var stored: UInt64?
        if let number = try transaction.value(in: meta, for: transactionKey), number.byteCount == 8 {
            stored = UInt64(littleEndian: number.unsafeLoadUnaligned(as: UInt64.self))
        }
        guard stored == transaction.identifier else {
            throw LMDBError(.tornMeta(stored: stored, transaction: transaction.identifier), "open \(path)")
        }
        return found
    }
}
