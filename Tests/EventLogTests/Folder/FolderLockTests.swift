import EventLog
import Foundation
import Glibc
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

    @Test func `a child that has the descriptor still does not hold the lock`() throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        var copy: CInt?
        let isFree = try takesLock(folder) {
            let own = (0..<4_096).first { number in
                let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
                return path == folder.lockPath
            }
            copy = dup(CInt(try #require(own)))
        }
        defer { copy.map { _ = close($0) } }
        let isFreeAgain = try takesLock(folder)
        #expect(isFree && isFreeAgain)
    }

    /// Whether the lock was free; it is held while `body` runs.
    private func takesLock(_ folder: DataFolder, _ body: () throws -> Void = {}) throws -> Bool {
        guard let lock = try FolderLock(folder) else { return false }
        try body()
        _ = consume lock
        return true
    }
}
