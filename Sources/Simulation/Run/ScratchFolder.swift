import Glibc

/// A folder for one world, in memory where the machine has such a place, removed with the value.
final class ScratchFolder {
    let path: String

    init() {
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(parent)/wayfold-world-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("no folder for a world: \(errno)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// Removes a folder with what is in it; one that is not there is no error.
    static func remove(_ path: String) {
        guard let directory = opendir(path) else { return }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(path + "/" + name) }
        }
        closedir(directory)
        for name in names where unlink(name) != 0 { remove(name) }
        rmdir(path)
    }
}
