import Digests
import Foundation
import LMDB
import Testing
import Touchpoints
import Transparency

@testable import EventLog

/// What somebody can do who writes into the folder with care: every digest and checksum is made to fit.
struct VerifiedTreeTests {
    private static let events = (1...6).map { id in
        TestEvent(
            id: id, type: id == 5 ? "thing.done" : "page.viewed", value: "\(id % 3)",
            clear: [0] + Array("{\"a\":1}".utf8))
    }

    /// A log of two blocks with its tree.
    private func log(_ scratch: Scratch) async throws -> DataFolder {
        let folder = try scratch.folder
        let writer = try LogWriter(folder)
        try await writer.append(Array(Self.events[..<3]))
        try await writer.append(Array(Self.events[3...]))
        try await writer.close()
        try TreeWriter(folder: folder).follow()
        return folder
    }

    /// Changes the blocks, which are given without digest and checksum, and makes those anew, as well as the links between blocks.
    private func forge(_ folder: DataFolder, _ change: (_ first: UInt64, _ block: inout [UInt8]) -> Void) throws {
        let tables = try LogTables(folder, .readWrite)
        var previous = Digest256.zero
        for first: UInt64 in [1, 4] {
            var block = try tables.environment.read { try $0.value(in: tables.blocks, for: first)!.copied() }
            block.removeLast(BlockLayout.trailerByteCount)
            change(first, &block)
            block.replaceSubrange(64..<96, with: previous.bytes)
            previous = SHA256.digest(of: block)
            block += previous.bytes
            block.append(XXH64.checksum(of: block.span.bytes))
            try tables.environment.write { try $0.put(block, for: first, in: tables.blocks) }
        }
    }

    private func dropLastBlock(of folder: DataFolder) throws {
        let tables = try LogTables(folder, .readWrite)
        try tables.environment.write { transaction in
            try transaction.delete(UInt64(4), in: tables.blocks)
            try transaction.delete(UInt64(4), in: tables.personal)
        }
    }

    private func findings(_ folder: DataFolder, heads: [TreeHead] = []) throws -> [LogVerifier.Finding] {
        try LogVerifier(folder: folder, heads: heads).verify()
    }

    @Test func `a sound log has no findings, with or without a tree`() async throws {
        let scratch = try Scratch()
        let folder = try await log(scratch)
        #expect(try findings(folder).isEmpty)
        try forge(folder) { _, _ in }
        #expect(try findings(folder).isEmpty)
        try FileManager.default.removeItem(atPath: folder.treePath)
        #expect(try findings(folder).isEmpty)
    }

    @Test func `every byte of a block that is altered with care is found`() async throws {
        let scratch = try Scratch()
        let folder = try await log(scratch)
        let tables = try LogTables(folder, .readOnly)
        let length = try tables.environment.read { try $0.value(in: tables.blocks, for: UInt64(4))!.byteCount }
        for place in 0..<length - BlockLayout.trailerByteCount where !(64..<96).contains(place) {
            let copy = try scratch.copy(of: folder)
            try forge(copy) { first, block in if first == 4 { block[place] ^= 0x01 } }
            let found = try findings(copy)
            #expect(!found.isEmpty, "byte \(place)")
            #expect(found.allSatisfy { $0.position >= Position(4) }, "byte \(place): \(found)")
            try FileManager.default.removeItem(atPath: copy.path)
        }
    }

    @Test func `the first event that is another one is named`() async throws {
        let scratch = try Scratch()
        let folder = try await log(scratch)
        // The occurred time of position 5.
        try forge(folder) { first, block in
            if first == 4 { block[BlockLayout.headers + EventHeader.byteCount + 1] ^= 1 }
        }
        #expect(
            try findings(folder).map(\.description) == [
                "4: the block's times are not those of its events",
                "5: the event is not the one that the tree of hashes was made of",
                "6: the tree of hashes has another root than the log",
            ])
    }

    @Test func `without a tree what was signed still tells`() async throws {
        let scratch = try Scratch()
        let folder = try await log(scratch)
        let tree = try LogTree(folder: folder)
        let heads = try [2, 4, 6].map { TreeHead(origin: "a", size: $0, root: try tree.root(ofFirst: $0)) }
        try FileManager.default.removeItem(atPath: folder.treePath)
        #expect(try findings(folder, heads: heads).isEmpty)
        // The sequence of position 5.
        try forge(folder) { first, block in
            if first == 4 { block[BlockLayout.headers + EventHeader.byteCount + 16] = 7 }
        }
        #expect(
            try findings(folder, heads: heads).map(\.description)
                == ["5: the log is not what was signed: some event from here to 6 is another one"])
        let more = heads + [TreeHead(origin: "a", size: 9, root: .zero)]
        #expect(
            try findings(folder, heads: more).last?.description
                == "7: the log ends before this, and 9 events were signed")
    }

    @Test func `what the folder says to be signed narrows nothing down for a head from elsewhere`() async throws {
        let scratch = try Scratch()
        let folder = try await log(scratch)
        let tree = try LogTree(folder: folder)
        let own = try [2, 5].map { TreeHead(origin: "a", size: $0, root: try tree.root(ofFirst: $0)) }
        let other = TreeHead(origin: "a", size: 5, root: .zero)
        let shared = TreeHead(origin: "a", size: 3, root: try tree.root(ofFirst: 3))
        for (elsewhere, first) in [([other], 1), ([shared, other], 4)] {
            #expect(
                try LogVerifier(folder: folder, heads: own, elsewhere: elsewhere).verify().map(\.description)
                    == ["\(first): the log is not what was signed: some event from here to 5 is another one"])
        }
    }

    @Test func `a tail that is dropped is found by the tree`() async throws {
        let scratch = try Scratch()
        let folder = try await log(scratch)
        try dropLastBlock(of: folder)
        #expect(
            try findings(folder).first?.description
                == "4: the log ends before this, and the tree of hashes has 6 events")
    }

    @Test func `a name that is spelled out is found, though it reads the same`() async throws {
        let scratch = try Scratch()
        let folder = try scratch.folder
        let writer = try LogWriter(folder)
        // "accepted" has the number 0.
        try await writer.append([TestEvent(id: 1, clear: [0] + Array("{\"accepted\":1}".utf8))])
        try await writer.close()
        #expect(
            try findings(folder).map(\.description) == ["1: the clear part is not spelled as it is stored"])
    }
}

extension LogVerifier.Finding {
    fileprivate var description: String { "\(position): \(what)" }
}
