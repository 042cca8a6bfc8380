import Glibc
import Projections

/// A temporary file without a name: it goes with whoever holds it, also with a process that is killed.
final class UnnamedFile: Sendable {
    let descriptor: Int32
    private let folder: String

    /// Makes an empty one on the disk of a folder.
    init(in folder: String) throws {
        descriptor = try Self.open(in: folder)
        self.folder = folder
    }

    deinit { close(descriptor) }

    /// A descriptor of a new one, which the caller closes.
    static func open(in folder: String) throws -> Int32 {
        var path = Array((folder + "/temporary-XXXXXX").utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw FileError(path: folder, code: errno) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(path)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    /// Appends bytes.
    func append(_ bytes: [UInt8]) throws {
        try WholeWrite.write(bytes, to: descriptor, of: "a temporary file in " + folder)
    }

    /// The bytes from an offset on: `count` of them, or fewer at the end. From any thread.
    func read(at offset: Int, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let part = pread(descriptor, buffer.baseAddress! + filled, count - filled, offset + filled)
                if part == 0 { break }
                if part > 0 {
                    filled += part
                } else if errno != EINTR {
                    throw FileError(path: "a temporary file in " + folder, code: errno)
                }
            }
        }
    }
}
