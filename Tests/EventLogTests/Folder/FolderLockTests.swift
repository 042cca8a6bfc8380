import EventLog
import Foundation
import Testing

struct FolderLockTests {
    @Test func `one value holds the lock, and gives it back`() throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        #expect(FolderLock.lastHolder(of: folder) == nil)
        var isHeld = false
        let isFree = try takesLock(folder) { isHeld = try !takesLock(folder) }
        #expect(isFree && isHeld)
        #expect(FolderLock.lastHolder(of: folder) == ProcessInfo.processInfo.processIdentifier)
        let isFreeAgain = try takesLock(folder)
        #expect(isFreeAgain)
    }

    /// Whether the lock was free; it is held while `body` runs.
    private func takesLock(_ folder: DataFolder, _ body: () throws -> Void = {}) throws -> Bool {
        guard let lock = try FolderLock(folder) else { return false }
        try body()
        _ = consume lock
        return true
    }
}
