import Foundation
import Testing

@testable import Wayfold

struct InputFileTests {
    @Test func `what inflates a thousandfold comes whole, in small pieces`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "wayfold-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path + ".gz") }
        let size = 64 << 20
        try Data(count: size).write(to: URL(filePath: path))
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/bin/gzip")
        gzip.arguments = [path]
        try gzip.startAlone()
        gzip.waitUntilExit()
        let file = try InputFile(path + ".gz")
        var pieces: [Int] = []
        while let piece = try file.next() { pieces.append(piece.count) }
        #expect(pieces.reduce(0, +) == size)
        #expect(pieces.max() ?? 0 <= 1 << 16)
        #expect(file.bytesRead == file.byteCount)
    }
}
