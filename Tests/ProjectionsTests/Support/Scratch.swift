import EventLog
import Glibc

@testable import Projections

/// A folder for one test, in memory where the machine has such a place, removed with the value.
final class Scratch {
    let path: String

    init() {
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(parent)/wayfold-views-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("no folder for the test: \(errno)") }
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
