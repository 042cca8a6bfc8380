import Glibc

/// Small files as auditing reads and writes them.
enum AuditFile {
    /// The text of a file; nil where there is none.
    static func text(_ path: String) throws -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 && errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw AuditError("cannot open \(path): \(message())") }
        defer { close(descriptor) }
        return String(decoding: try bytes(of: descriptor, path), as: UTF8.self)
    }

    /// All bytes of an open file.
    static func bytes(of descriptor: CInt, _ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = pread(descriptor, &chunk, chunk.count, off_t(bytes.count))
            guard count >= 0 else { throw AuditError("cannot read \(path): \(message())") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// What the system said about the last failed call.
    static func message() -> String { String(cString: strerror(errno)) }
}

/// Writing.
extension AuditFile {
    /// Puts a text in the place of a small file: mode 0600, synced, and after a crash as before or as after.
    static func replace(_ name: String, in folder: String, with text: String) throws {
        let (path, bytes) = (folder + "/" + name, Array(text.utf8))
        unlink(path + ".new")
        let descriptor = open(path + ".new", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw AuditError("cannot make \(path).new: \(message())") }
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, rename(path + ".new", path) == 0 else {
            throw AuditError("cannot write \(path): \(message())")
        }
        try syncFolder(folder)
    }

    /// Makes the names in a folder survive a crash.
    static func syncFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw AuditError("cannot open \(path): \(message())") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw AuditError("cannot sync \(path): \(message())") }
    }
}
