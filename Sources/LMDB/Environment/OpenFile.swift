import Glibc
import Synchronization

/// A file that this process has open as an environment, known by its inode whatever path led to it.
///
/// LMDB does not notice a second opening in one process, and its file locks do not survive one.
struct OpenFile: Hashable {
    private let device: dev_t
    private let inode: ino_t

    private static let all = Mutex<Set<OpenFile>>([])

    /// The file at a path and its bytes; nil when there is none.
    static func find(_ path: String) -> (file: OpenFile, bytes: UInt64)? {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        return (OpenFile(device: found.st_dev, inode: found.st_ino), UInt64(found.st_size))
    }

    /// Notes the file as open; false when it is already.
    static func register(_ file: OpenFile) -> Bool { all.withLock { $0.insert(file).inserted } }

    static func release(_ file: OpenFile) { all.withLock { _ = $0.remove(file) } }
}
