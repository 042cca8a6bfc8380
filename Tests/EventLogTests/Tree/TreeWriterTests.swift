import Digests
import Foundation
import Testing
import Touchpoints
import Transparency

@testable import EventLog

struct TreeWriterTests {
    private func append(_ ids: ClosedRange<Int>, to folder: DataFolder) async throws {
        let writer = try LogWriter(folder)
        try await writer.append(ids.map { TestEvent(id: $0, value: "\($0 % 100)") })
        try await writer.close()
    }

    /// The tree as the log alone says it.
    private func expected(_ folder: DataFolder) throws -> MemoryRows {
        let leaves = try LogLeaves(folder: folder)
        var hasher = TreeHasher()
        var rows = MemoryRows()
        try leaves.forEachLeaf(from: Position(1), through: leaves.head) { rows.append(hasher.leaf($1), &hasher) }
        return rows
    }

    @Test func `the tree follows the log, in steps or at once, and its files are the tiles`() async throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        for ids in [1...1, 2...255, 256...256, 257...700, 701...1_000] {
            try await append(ids, to: folder)
            let tree = try TreeWriter(folder: folder)
            try tree.follow()
            #expect(tree.size == UInt64(ids.upperBound))
            #expect(try tree.root == expected(folder).root(ofFirst: tree.size))
        }
        let rows = try expected(folder)
        for level in 0...1 {
            let count = Tile.count(level: level, size: 1_000)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.treePath + "/\(level)"))
            #expect(Array(bytes) == rows.row(level, 0..<count).flatMap(\.bytes))
        }
        #expect(
            try String(contentsOfFile: folder.treePath + "/size", encoding: .utf8)
                == "1000\n\(rows.root(ofFirst: 1_000))\n")
    }

    @Test func `a reader hashes what the files lack`() async throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        try await append(1...300, to: folder)
        #expect(try LogTree(folder: folder).root == expected(folder).root(ofFirst: 300))
        try TreeWriter(folder: folder).follow()
        try await append(301...900, to: folder)
        let tree = try LogTree(folder: folder)
        let rows = try expected(folder)
        #expect(tree.size == 900)
        #expect(try tree.root == rows.root(ofFirst: 900))
        for size: UInt64 in [1, 299, 300, 301, 512, 768, 899, 900] {
            #expect(try tree.root(ofFirst: size) == rows.root(ofFirst: size))
            #expect(
                try tree.inclusionProof(of: size / 2, inFirst: size) == rows.inclusionProof(of: size / 2, inFirst: size)
            )
        }
        try await append(901...902, to: folder)
        try tree.refresh()
        #expect(tree.size == 902)
        #expect(try tree.root == expected(folder).root(ofFirst: 902))
        for tile in Tile.tiles(size: 902) where tile.kind != .entries {
            #expect(try tree.bytes(of: tile) == expected(folder).bytes(of: tile))
        }
        let bundle = try tree.bundle(Tile(.entries, index: 3, width: 134))
        let first = try tree.leaves.leaf(at: Position(769))
        #expect(Array(bundle.prefix(first.count + 2)) == [UInt8(first.count >> 8), UInt8(first.count & 255)] + first)
    }

    @Test func `two writers take turns`() async throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        try await append(1...300, to: folder)
        let (first, second) = (try TreeWriter(folder: folder), try TreeWriter(folder: folder))
        for (tree, ids) in [(first, 301...301), (second, 302...302), (first, 303...700), (first, 701...702)] {
            try await append(ids, to: folder)
            try tree.follow()
            #expect(try tree.root == expected(folder).root(ofFirst: UInt64(ids.upperBound)))
        }
        try second.follow()
        #expect(second.size == 702)
        #expect(second.root == first.root)
    }

    @Test func `what an interrupted one has left is dropped`() async throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        try await append(1...600, to: folder)
        try TreeWriter(folder: folder).follow()
        try await append(601...800, to: folder)
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.treePath + "/size"))
        try TreeWriter(folder: folder).follow()
        // The rows were written, the size was not; and then rubbish.
        try before.write(to: URL(fileURLWithPath: folder.treePath + "/size"))
        let row = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.treePath + "/1"))
        try row.seekToEnd()
        try row.write(contentsOf: Data(repeating: 7, count: 45))
        try row.close()
        let tree = try TreeWriter(folder: folder)
        try tree.follow()
        #expect(try tree.root == expected(folder).root(ofFirst: 800))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.treePath + "/1")).count == 3 * 32)
    }

    @Test func `a tree that is not of this log is refused, and nothing is changed`() async throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        try await append(1...300, to: folder)
        try TreeWriter(folder: folder).follow()
        let other = try Scratch()
        try await append(2...600, to: other.folder)
        let otherFolder = try other.folder
        try FileManager.default.copyItem(atPath: folder.treePath, toPath: otherFolder.treePath)
        let size = try Data(contentsOf: URL(fileURLWithPath: otherFolder.treePath + "/size"))
        for _ in 0..<2 {
            #expect { try TreeWriter(folder: otherFolder).follow() } throws: {
                "\($0)".contains("position 300 is another one")
            }
            #expect(throws: LogError.self) { try LogTree(folder: otherFolder) }
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: otherFolder.treePath + "/size")) == size)
    }

    @Test func `a tree ahead of its log is refused`() async throws {
        let scratch = try Scratch()
        try await append(1...10, to: scratch.folder)
        let early = try scratch.copy(of: scratch.folder)
        try await append(11...20, to: scratch.folder)
        try TreeWriter(folder: scratch.folder).follow()
        try FileManager.default.copyItem(atPath: scratch.folder.treePath, toPath: early.treePath)
        #expect { try TreeWriter(folder: early).follow() } throws: {
            "\($0)".contains("has 20 events, and the log ends at 10")
        }
    }

    @Test(arguments: ["0", "1", "size"]) func `files of the tree that are damaged are noticed`(name: String)
        async throws
    {
        let scratch = try Scratch()
        let folder = try scratch.folder
        try await append(1...300, to: folder)
        try TreeWriter(folder: folder).follow()
        let url = URL(fileURLWithPath: folder.treePath + "/" + name)
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count - 2] ^= 1
        try bytes.write(to: url)
        #expect(throws: LogError.self) { try TreeWriter(folder: folder).follow() }
        try FileManager.default.removeItem(at: url)
        if name != "size" { #expect(throws: LogError.self) { try TreeWriter(folder: folder).follow() } }
    }
}
