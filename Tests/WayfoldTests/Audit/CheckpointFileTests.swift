import Digests
import EventLog
import Foundation
import Testing
import Transparency
import Wayfold

struct CheckpointFileTests {
    private let scratch = try! Scratch()
    private let signer = NoteSigner(name: "a.example/log", signingKey: Ed25519SigningKey(seed: Array(0..<32))!)!

    private func checkpoint(_ size: UInt64) -> SignedCheckpoint {
        SignedCheckpoint(TreeHead(origin: "a.example/log", size: size, root: .zero), by: signer)
    }

    @Test func `what was added is there for the next one, and for whoever only reads`() throws {
        let folder = try DataFolder(creatingAt: scratch.path + "/data")
        #expect(try CheckpointFile.checkpoints(of: folder).isEmpty)
        for size in UInt64(1)...3 {
            let file = try CheckpointFile(folder)
            #expect(file.checkpoints == (1..<size).map(checkpoint))
            try file.append(checkpoint(size))
        }
        #expect(try CheckpointFile.checkpoints(of: folder) == [1, 2, 3].map(checkpoint))
    }

    @Test func `one that was not finished was never shown, and is dropped`() throws {
        let folder = try DataFolder(creatingAt: scratch.path + "/data")
        let path = folder.checkpointsPath + "/signed"
        try CheckpointFile(folder).append(checkpoint(1))
        let whole = try Data(contentsOf: URL(filePath: path))
        let next = Data((checkpoint(2).description + "\n").utf8)
        for count in 1..<next.count {
            try (whole + next.prefix(count)).write(to: URL(filePath: path))
            #expect(try CheckpointFile.checkpoints(of: folder) == [checkpoint(1)], "\(count) bytes")
            try CheckpointFile(folder).append(checkpoint(3))
            #expect(try CheckpointFile.checkpoints(of: folder) == [1, 3].map(checkpoint), "\(count) bytes")
        }
    }

    @Test func `a file that is damaged is not gone on with`() throws {
        let folder = try DataFolder(creatingAt: scratch.path + "/data")
        for size in UInt64(1)...2 { try CheckpointFile(folder).append(checkpoint(size)) }
        let url = URL(filePath: folder.checkpointsPath + "/signed")
        var bytes = try Data(contentsOf: url)
        bytes[14] = 0x78
        try bytes.write(to: url)
        #expect { try CheckpointFile(folder) } throws: { "\($0)".contains("is damaged behind 0 checkpoints") }
    }
}
