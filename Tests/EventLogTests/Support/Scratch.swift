import EventLog
import Foundation
import Touchpoints

/// A folder for one test, removed with the value.
final class Scratch: Sendable {
    let path = Scratch.root + "/wayfold-log-" + UUID().uuidString

    /// In memory where the system has that: these tests sync thousands of times.
    private static let root = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The data folder in it, made where there is none.
    var folder: DataFolder { get throws { try DataFolder(creatingAt: path + "/data") } }

    /// A copy of a data folder as it lies on the disk now: what a killed process would leave.
    func copy(of folder: DataFolder) throws -> DataFolder {
        let copy = path + "/copy-" + UUID().uuidString
        try FileManager.default.copyItem(atPath: folder.path, toPath: copy)
        return try DataFolder(openingAt: copy)
    }
}
