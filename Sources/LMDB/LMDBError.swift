import CLMDB
import Glibc

/// What went wrong in the storage layer, with LMDB's code where LMDB was asked, and what was attempted.
public struct LMDBError: Error, Hashable, Sendable {
    public let reason: Reason
    /// What was being done, in words: `put in table blocks`.
    public let attempted: String

    public enum Reason: Hashable, Sendable {
        /// The commit failed and may or may not be on disk. The environment takes no more writes: reopen it and look.
        case commitUnknown(code: Int32)
        /// An earlier commit had an unknown outcome, so this write was not begun.
        case writesRefused
        /// The map is full: nothing of the transaction was written, reads go on.
        case mapFull
        /// The disk is full: nothing of the transaction was written, reads go on.
        case diskFull
        /// The environment was opened for reading only.
        case readOnly
        /// The environment was closed.
        case closed
        /// This process has the environment open already, or a reader of it that has not ended.
        case alreadyOpen
        /// This process has the environment open for reading only, and cannot write it before that ends.
        case openForReading
        /// There is no environment at the path.
        case missing
        /// The environment has no table of this name.
        case tableMissing(String)
        /// The file is shorter than its own meta page says.
        case truncated(fileBytes: UInt64, neededBytes: UInt64)
        /// The transaction of the meta page is not the one that its data was written by.
        case tornMeta(stored: UInt64?, transaction: UInt64)
        /// The stamp is missing or cannot be read: not an environment that was made here.
        case notStamped
        /// The environment holds something else, or a version that this program does not read.
        case format(found: EnvironmentFormat)
        /// A key appended was not greater than the last one of its table.
        case outOfOrder
        /// Any other refusal by LMDB or by the system, with its code.
        case code(Int32)
    }

    init(_ reason: Reason, _ attempted: String) {
        self.reason = reason
        self.attempted = attempted
    }

    /// The error for a code that LMDB returned, with the full map and the full disk told apart.
    init(code: Int32, _ attempted: String) {
        switch code {
        case MDB_MAP_FULL: self.init(.mapFull, attempted)
        case ENOSPC, EDQUOT: self.init(.diskFull, attempted)
        default: self.init(.code(code), attempted)
        }
    }

    /// LMDB's (or the system's) code; nil where LMDB was not asked.
    public var code: Int32? {
        switch reason {
        case .commitUnknown(let code), .code(let code): code
        case .mapFull: MDB_MAP_FULL
        case .diskFull: ENOSPC
        case .outOfOrder: MDB_KEYEXIST
        default: nil
        }
    }
}

extension LMDBError {
    /// Whether the file itself is not what was written: the error stays however often the environment is opened, and
    /// goes only with another file. False for what the system refused (no room, no right, no memory).
    public var saysDamage: Bool {
        switch reason {
        case .missing, .tableMissing, .truncated, .tornMeta, .notStamped, .format: true
        case .code(let code):
            [MDB_INVALID, MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_VERSION_MISMATCH, MDB_INCOMPATIBLE].contains(code)
        default: false
        }
    }
}

extension LMDBError: CustomStringConvertible {
    public var description: String {
        let what = code.map { "\(reason): \(String(cString: mdb_strerror($0)))" } ?? "\(reason)"
        return "could not \(attempted): \(what)"
    }
}

/// Throws the error for `code` unless it is success.
func check(_ code: Int32, _ attempted: @autoclosure () -> String) throws(LMDBError) {
    if code != MDB_SUCCESS { throw LMDBError(code: code, attempted()) }
}
