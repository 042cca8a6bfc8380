import Digests
import Glibc
import Projections

/// A new file that is digested as it is written.
final class DigestedFile {
    private let path: String
    private let descriptor: Int32
    private var hasher = SHA256()
    private var byteCount = 0

    init(creatingAt path: String, mode: mode_t = 0o666) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        hasher.update(bytes)
        byteCount += bytes.count
        try WholeWrite.write(bytes, to: descriptor, of: path)
    }

    /// Ends writing: what was written is on the disk. Once.
    func finish() throws -> (byteCount: Int, digest: Digest256) {
        guard fsync(descriptor) == 0 else { throw FileError(path: path, code: errno) }
        return (byteCount, hasher.finish())
    }

    /// The same of a file that something else wrote and closed. O(bytes).
    static func finish(writtenAt path: String) throws -> (byteCount: Int, digest: Digest256) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw FileError(path: path, code: errno) }
        defer { close(descriptor) }
        var hasher = SHA256()
        var byteCount = 0
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count == 0 { return (byteCount, hasher.finish()) }
            if count > 0 {
                hasher.update(piece.span.bytes.extracting(..<count))
                byteCount += count
            } else if errno != EINTR {
                throw FileError(path: path, code: errno)
            }
        }
    }
}
