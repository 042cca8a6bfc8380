import Glibc

/// A folder that is removed, with what is in it, when nobody holds it any more.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/wayfold-laws-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TemporaryFolderError(code: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
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

/// The system could not make a temporary folder.
struct TemporaryFolderError: Error, CustomStringConvertible {
    let code: CInt
    var description: String { "cannot make a folder in /tmp: \(String(cString: strerror(code)))" }
}
