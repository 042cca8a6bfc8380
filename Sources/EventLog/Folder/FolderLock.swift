import Glibc

/// The ownership of a data folder by one process: `flock` on its file `lock`, held until the value is gone.
///
/// The file names the process, for people. The lock ends with the process, however that ends.
public struct FolderLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Takes the lock without waiting; nil when another process (or another value in this one) holds it.
    public init?(_ folder: DataFolder) throws(LogError) {
        let descriptor = open(folder.lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .folder("cannot open \(folder.lockPath): \(systemMessage())") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let message = systemMessage()
            close(descriptor)
            if isHeld { return nil }
            throw .folder("cannot lock \(folder.lockPath): \(message)")
        }
        self.descriptor = descriptor
        let text = Array("\(getpid())\n".utf8)
        // The process id is for people: the lock holds without it.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    deinit { giveBackLock(descriptor) }

    /// The process that wrote its id into the lock last, nil when none did; it may have ended since.
    public static func lastHolder(of folder: DataFolder) -> Int32? {
        guard let bytes = readFile(folder.lockPath) else { return nil }
        return Int32(String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self))
    }
}
