import Glibc
import LMDB
import Testing
import Touchpoints

@testable import EventLog

struct LogVerifierTests {
    /// A log of two blocks.
    private func smallLog(_ scratch: Scratch) async throws -> DataFolder {
        let writer = try LogWriter(scratch.folder)
        try await writer.append([TestEvent(id: 1), TestEvent(id: 2, value: "2")])
        try await writer.append([TestEvent(id: 3, type: "thing.done", value: nil), TestEvent(id: 4, personal: [])])
        try await writer.close()
        return try scratch.folder
    }

    /// Replaces a value, or removes it.
    private func put(_ value: [UInt8]?, for key: UInt64, in table: Table, _ environment: Environment) throws {
        try environment.write { transaction in
            if let value {
                try transaction.put(value, for: key, in: table)
            } else {
                try transaction.delete(key, in: table)
            }
        }
    }

    @Test func `a sound log has no findings, and progress ends at the head`() async throws {
        let scratch = try Scratch()
        let folder = try await smallLog(scratch)
        var last: (Position, Position)?
        #expect(try LogVerifier(folder: folder).verify { last = ($0, $1) }.isEmpty)
        #expect(last ?? (.start, .start) == (Position(4), Position(4)))
    }

    @Test(arguments: ["blocks", "personal"])
    func `every byte that changes is found`(table: String) async throws {
        let scratch = try Scratch()
        let folder = try await smallLog(scratch)
        let tables = try LogTables(folder, .readWrite)
        let table = table == "blocks" ? tables.blocks : tables.personal
        for first: UInt64 in [1, 3] {
            let sound = try tables.environment.read { try $0.value(in: table, for: first)!.copied() }
            for index in sound.indices {
                var flipped = sound
                flipped[index] ^= 0x10
                try put(flipped, for: first, in: table, tables.environment)
                let findings = try LogVerifier(folder: folder).verify()
                #expect(!findings.isEmpty, "byte \(index) of the value at \(first)")
                #expect(findings.allSatisfy { $0.position >= Position(first) }, "byte \(index): \(findings)")
            }
            try put(sound, for: first, in: table, tables.environment)
        }
        #expect(try LogVerifier(folder: folder).verify().isEmpty)
    }

    @Test(arguments: ["blocks", "personal"])
    func `a value that is missing or cut is found`(table: String) async throws {
        let scratch = try Scratch()
        let folder = try await smallLog(scratch)
        let tables = try LogTables(folder, .readWrite)
        let table = table == "blocks" ? tables.blocks : tables.personal
        let sound = try tables.environment.read { try $0.value(in: table, for: UInt64(1))!.copied() }
        for count in [0, 1, 50, 100, sound.count - 1] {
            try put(Array(sound[..<count]), for: UInt64(1), in: table, tables.environment)
            #expect(try LogVerifier(folder: folder).verify().first?.position == Position(1))
        }
        try put(nil, for: 1, in: table, tables.environment)
        #expect(try LogVerifier(folder: folder).verify().first?.position == Position(1))
    }

    /// The personal value without the bytes of one entry.
    private func emptied(_ index: Int, of personal: [UInt8]) -> [UInt8] {
        func word(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(personal[at + $1]) << (8 * $1) } }
        let count = word(8) + word(12)
        let data = 16 + 4 * (count + 1)
        let range = word(16 + 4 * index)..<word(16 + 4 * (index + 1))
        var result = personal
        for later in index + 1...count {
            result.put(UInt32(word(16 + 4 * later) - range.count), at: 16 + 4 * later)
        }
        result.removeSubrange(data + range.lowerBound..<data + range.upperBound)
        return result
    }

    @Test(arguments: [(0, Position(1)), (1, Position(2)), (3, Position(1))])
    func `an emptied entry is found as nothing else than that`(index: Int, position: Position) async throws {
        let scratch = try Scratch()
        let folder = try await smallLog(scratch)
        let tables = try LogTables(folder, .readWrite)
        let sound = try tables.environment.read { try $0.value(in: tables.personal, for: UInt64(1))!.copied() }
        try put(emptied(index, of: sound), for: 1, in: tables.personal, tables.environment)
        let findings = try LogVerifier(folder: folder).verify()
        #expect(findings.map(\.what) == ["personal entry \(index) is empty, and nothing can erase yet"])
        #expect(findings.map(\.position) == [position])
    }

    @Test(arguments: [0, 100, 8192, 12_288]) func `a log whose file is cut is found`(length: Int) async throws {
        let scratch = try Scratch()
        let folder = try await smallLog(scratch)
        let copy = try scratch.copy(of: folder)
        #expect(truncate(copy.logPath + "/data.mdb", length) == 0)
        let findings = try LogVerifier(folder: copy).verify()
        #expect(findings.map(\.position) == [.start])
        #expect(findings[0].what.hasPrefix("the log's file cannot be read"))
    }

    @Test func `blocks of another log are found`() async throws {
        let scratch = try Scratch()
        let folder = try await smallLog(scratch)
        let other = try Scratch()
        let otherTables = try LogTables(try await smallLog(other), .readWrite)
        let tables = try LogTables(folder, .readWrite)
        for table in ["blocks", "personal"] {
            let value = try otherTables.environment.read {
                try $0.value(in: otherTables.environment.table(table), for: UInt64(3))!.copied()
            }
            try put(value, for: UInt64(3), in: tables.environment.table(table), tables.environment)
        }
        let findings = try LogVerifier(folder: folder).verify()
        #expect(findings.map(\.what) == ["the chain of digests is broken"])
    }

    @Test func `indexes that say otherwise than the log are found`() async throws {
        let scratch = try Scratch()
        do {
            let writer = try LogWriter(folder: scratch.folder, now: { Timestamp(microseconds: 5) }, tailLimit: 2)
            for id in 1...40 { try await writer.append([TestEvent(id: id, value: "\(id)")]) }
            try await writer.close()
        }
        let folder = try scratch.folder
        #expect(try LogVerifier(folder: folder).verify().isEmpty)
        let tables = try IndexTables(folder, .readWrite)
        let runs = try #require(try RunSet(tables)).manifest.runs
        #expect(!runs.isEmpty)
        for run in runs {
            let sound = try tables.environment.read { try $0.value(in: tables.runs, for: run.key(chunk: 0))!.copied() }
            var flipped = sound
            flipped[17] ^= 1
            try put(flipped, for: run.key(chunk: 0), in: tables.runs, tables.environment)
            #expect(try !LogVerifier(folder: folder).verify().isEmpty, "\(run)")
            try put(sound, for: run.key(chunk: 0), in: tables.runs, tables.environment)
        }
    }
}
