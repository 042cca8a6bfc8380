import EventLog
import Foundation
import Synchronization
import Testing

struct DataFolderTests {
    @Test func `a new folder is private, and keeps its secret`() throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
        let secretMode =
            try FileManager.default.attributesOfItem(atPath: folder.path + "/secret")[.posixPermissions] as? Int
        #expect(secretMode == 0o600)
        #expect(folder.secret.count == 32)
        #expect(try scratch.folder.secret == folder.secret)
        #expect(try DataFolder(openingAt: folder.path + "/../data").path == folder.path)
        #expect(try DataFolder(creatingAt: scratch.path + "/other").secret != folder.secret)
    }

    @Test func `a missing folder is refused for opening`() throws {
        let scratch = try Scratch()
        #expect(throws: LogError.self) { try DataFolder(openingAt: scratch.path + "/none") }
    }

    @Test func `a newer folder is refused untouched`() throws {
        let scratch = try Scratch()
        let path = try scratch.folder.path
        try "wayfold 2\n".write(toFile: path + "/format", atomically: true, encoding: .utf8)
        let before = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        let error = try #require(throws: LogError.self) { try DataFolder(openingAt: path) }
        #expect(error.description.contains("wayfold 2"))
        #expect(throws: error) { try DataFolder(creatingAt: path) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == before)
    }

    @Test func `a folder with something else in it is not taken`() throws {
        let scratch = try Scratch()
        try "mine".write(toFile: scratch.path + "/letter.txt", atomically: true, encoding: .utf8)
        #expect(throws: LogError.self) { try DataFolder(creatingAt: scratch.path) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["letter.txt"])
    }

    @Test func `an interrupted start is taken up again`() throws {
        let scratch = try Scratch()
        let path = try scratch.folder.path
        try FileManager.default.removeItem(atPath: path + "/format")
        #expect(try scratch.folder.secret.count == 32)
    }

    @Test func `processes that make one folder at once agree on its secret`() throws {
        for _ in 0..<20 {
            let scratch = try Scratch()
            let secrets = Mutex<Set<[UInt8]>>([])
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                let secret = (try? scratch.folder.secret) ?? []
                _ = secrets.withLock { $0.insert(secret) }
            }
            #expect(secrets.withLock { $0.count } == 1)
            #expect(secrets.withLock { $0.first?.count } == 32)
        }
    }

    @Test func `a broken secret is refused`() throws {
        let scratch = try Scratch()
        let path = try scratch.folder.path
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path + "/secret"))
        #expect(throws: LogError.self) { try DataFolder(openingAt: path) }
    }
}
