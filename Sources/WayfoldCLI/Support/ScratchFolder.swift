import EventLog
import Foundation
import Wayfold

/// A data folder with an empty log, for a dry run where there is none.
enum ScratchFolder {
    /// Makes one, and removes it after the work.
    static func with(_ body: (DataFolder) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path() + "wayfold-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try DataFolder(creatingAt: path)
        try await LogWriter(folder: folder, now: SystemClock.now).close()
        try await body(folder)
    }
}
