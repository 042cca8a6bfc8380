import Foundation
import LMDB
import Testing
import Touchpoints

@testable import EventLog

struct IndexWriterTests {
    /// What may happen to an index that nobody has open.
    enum Harm: CaseIterable {
        case fileOfGarbage, cutFile, emptyFile, noFile, brokenManifest, noManifest, missingFences, cutChunks
    }

    @Test(arguments: Harm.allCases)
    func `an index that was harmed is made anew, with the same answers`(harm: Harm) async throws {
        let scratch = try Scratch()
        let original = try scratch.folder
        var oracle = LogOracle()
        var random = SeededRandom(seed: 7)
        let now: Int64 = 2_000_000
        func open(_ folder: DataFolder) throws -> LogWriter {
            try LogWriter(folder: folder, now: { Timestamp(microseconds: now) }, tailLimit: 20)
        }
        let writer = try open(original)
        for _ in 0..<10 {
            let events = (0..<30).map { _ in TestEvent.random(using: &random) }
            #expect(try await writer.append(events) == oracle.append(events))
        }
        try await writer.close()

        let folder = try scratch.copy(of: original)
        try inflict(harm, on: folder)
        let mended = try open(folder)
        // Merges meet what lookups did not.
        for _ in 0..<10 {
            let events = (0..<30).map { _ in TestEvent.random(using: &random) }
            do {
                let verdicts = try await mended.append(events)
                #expect(verdicts == oracle.append(events))
            } catch AppendError.failed(.damagedIndex) where harm == .cutChunks {
                // A look-up met the damage: nothing was stored, and the folder index is to be deleted.
                return
            }
        }
        try? await mended.close()
        try oracle.check(LogReader(folder: folder), recorded: now)
    }

    private func inflict(_ harm: Harm, on folder: DataFolder) throws {
        let file = URL(fileURLWithPath: folder.indexPath + "/data.mdb")
        switch harm {
        case .fileOfGarbage: try Data(repeating: 0x5A, count: 100_000).write(to: file)
        case .cutFile: try Data(contentsOf: file).prefix(9_000).write(to: file)
        case .emptyFile: try Data().write(to: file)
        case .noFile: try FileManager.default.removeItem(at: file)
        case .brokenManifest:
            try change(folder) { tables, transaction in
                try transaction.put([1, 2, 3], for: IndexTables.manifestKey, in: tables.manifest)
            }
        case .noManifest:
            try change(folder) { tables, transaction in
                try transaction.delete(IndexTables.manifestKey, in: tables.manifest)
            }
        case .missingFences:
            try changeRuns(folder) { run, tables, transaction in
                try transaction.delete(run.fencesKey, in: tables.runs)
            }
        case .cutChunks:
            try changeRuns(folder) { run, tables, transaction in
                try transaction.put([0, 0, 0, 0, 0, 0, 0, 0], for: run.key(chunk: 0), in: tables.runs)
            }
        }
    }

    private func change(
        _ folder: DataFolder, _ body: (IndexTables, inout WriteTransaction) throws -> Void
    ) throws {
        let tables = try IndexTables(folder, .readWrite)
        try tables.environment.write { try body(tables, &$0) }
    }

    private func changeRuns(
        _ folder: DataFolder, _ body: (Run, IndexTables, inout WriteTransaction) throws -> Void
    ) throws {
        let tables = try IndexTables(folder, .readWrite)
        let runs = try #require(try RunSet(tables)).manifest.runs
        #expect(!runs.isEmpty)
        try tables.environment.write { transaction in
            for run in runs { try body(run, tables, &transaction) }
        }
    }
}
