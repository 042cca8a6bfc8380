import Glibc

/// What the system said about the last failed call.
package func systemMessage() -> String { String(cString: strerror(errno)) }

/// The bytes of a small file; nil when it cannot be read.
func readFile(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0 { return nil }
        if count == 0 { return bytes }
        bytes += chunk[..<count]
    }
}

/// The bytes of a small file; nil where there is none.
package func fileIfThere(_ path: String) throws(LogError) -> [UInt8]? {
    if let bytes = readFile(path) { return bytes }
    guard errno == ENOENT else { throw .folder("cannot read \(path): \(systemMessage())") }
    return nil
}

/// Makes or replaces a small file, mode 0600, so that after a crash it is as before or as after.
package func writeFile(_ bytes: [UInt8], named name: String, in folder: String) throws(LogError) {
    let path = folder + "/" + name
    let temporary = path + ".new"
    // One that an interrupted change has left, with whatever mode.
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .folder("cannot make \(temporary): \(systemMessage())") }
    let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    let message = systemMessage()
    close(descriptor)
    guard isWritten else { throw .folder("cannot write \(temporary): \(message)") }
    guard rename(temporary, path) == 0 else {
        let message = systemMessage()
        unlink(temporary)
        throw .folder("cannot name \(path): \(message)")
    }
    try syncFolder(folder)
}

/// The same, of a path that somebody has given.
package func writeFile(_ bytes: [UInt8], at path: String) throws(LogError) {
    let (folder, name) = parentAndName(of: path)
    try writeFile(bytes, named: name, in: folder)
}

/// The folder in which a path's last name stands, and that name; both of `a/b/` are those of `a/b`.
func parentAndName(of path: String) -> (folder: String, name: String) {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return (".", String(path)) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
}

/// Makes a folder, mode 0700, where there is none.
package func makeFolder(_ path: String) throws(LogError) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        throw .folder("cannot make the folder \(path): \(systemMessage())")
    }
}

/// Makes the names in a folder survive a crash.
package func syncFolder(_ path: String) throws(LogError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, fsync(descriptor) == 0 else { throw .folder("cannot sync \(path): \(systemMessage())") }
    close(descriptor)
}

/// Bytes that an ordinary user can still write to the disk of a folder; nil when the system does not say.
func freeBytes(at path: String) -> UInt64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize)
}

/// The names in a folder but `.` and `..`.
func names(in path: String) throws(LogError) -> [String] {
    guard let folder = opendir(path) else { throw .folder("cannot read \(path): \(systemMessage())") }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names
}

/// Removes a folder with the files in it; what cannot be removed stays.
func removeFolder(_ path: String) {
    for name in (try? names(in: path)) ?? [] { unlink(path + "/" + name) }
    rmdir(path)
}

/// Gives back a lock (`flock`) with its descriptor.
///
/// The lock belongs to the open file. A child that was forked and does not run its program yet has that open, too, so that
/// closing the descriptor alone would keep the lock for a moment.
package func giveBackLock(_ descriptor: CInt) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
}
