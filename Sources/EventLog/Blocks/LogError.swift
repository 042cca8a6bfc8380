import LMDB
import Touchpoints

/// Why the log could not be read or opened.
public enum LogError: Error, Sendable, Equatable {
    /// The bytes on disk are not what was written: at which position (the first of its block), and what is wrong.
    case damaged(Position, String)
    /// A derived index is not what was written: what is wrong. Deleting the folder `index` mends it.
    case damagedIndex(String)
    /// The tree of hashes does not go with the log: why. One of them was altered.
    case treeDiffers(String)
    /// The data folder cannot be used: why, in words for people.
    case folder(String)
    /// LMDB failed.
    case storage(LMDBError)
}

extension LogError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .damaged(let position, let what): "the log is damaged at position \(position): \(what)"
        case .damagedIndex(let what): "the indexes are damaged, the log is not: \(what). Delete the folder index"
        case .treeDiffers(let why):
            "the log and its tree of hashes disagree: \(why). `wayfold verify` says where; if only the tree is damaged, "
                + "delete the folder tree"
        case .folder(let why): why
        case .storage(let error): "the log's storage failed: \(error)"
        }
    }
}
