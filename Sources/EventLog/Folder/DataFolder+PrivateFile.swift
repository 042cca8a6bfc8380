import Glibc

/// Small files beside the log.
extension DataFolder {
    /// Puts what `body` makes of a file's bytes in their place: mode 0600, synced, and after a crash as before or as after.
    ///
    /// Of several that change files of a folder at once, also in other processes, each waits for the one before.
    ///
    /// - Parameter body: is given nil where there is no such file; what it throws leaves everything as it was.
    package func changeFile(_ name: String, _ body: (_ before: [UInt8]?) throws -> [UInt8]) throws {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw LogError.folder("cannot open \(path): \(systemMessage())") }
        defer { close(folder) }
        while flock(folder, LOCK_EX) != 0 {
            guard errno == EINTR else { throw LogError.folder("cannot lock \(path): \(systemMessage())") }
        }
        let file = path + "/" + name
        let before = readFile(file)
        if before == nil, errno != ENOENT { throw LogError.folder("cannot read \(file): \(systemMessage())") }
        // One that an interrupted change has left, with whatever mode.
        unlink(file + ".new")
        try writeFile(try body(before), to: file, in: path, mode: 0o600)
    }
}
