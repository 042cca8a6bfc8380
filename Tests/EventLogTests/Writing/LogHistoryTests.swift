import EventLog
import Foundation
import Testing
import Touchpoints

/// Random histories against the naive log, through everything that happens to a folder.
struct LogHistoryTests {
    private static let now: Int64 = 2_000_000

    @Test(.serialized, arguments: 0..<12 as Range<UInt64>)
    func `a log equals the naive one through closing, killing and losing the index`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let scratch = try Scratch()
        var oracle = LogOracle()
        // Small enough that runs are written and merged all the time, or so large that none is.
        let tailLimit = seed % 3 == 0 ? 1_000_000 : 20
        var folder = try scratch.folder
        for _ in 0..<4 {
            var killed: DataFolder?
            do {
                let writer = try LogWriter(
                    folder: folder, now: { Timestamp(microseconds: Self.now) }, tailLimit: tailLimit)
                let reader = try LogReader(folder: folder)
                for _ in 0..<Int.random(in: 1..<12, using: &random) {
                    let count = Int.random(in: 1..<40, using: &random)
                    let events = (0..<count).map { _ in TestEvent.random(using: &random) }
                    #expect(try await writer.append(events) == oracle.append(events))
                    if Bool.random(using: &random) { try reader.refresh() }
                }
                try reader.refresh()
                try oracle.check(reader, recorded: Self.now)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: try await writer.close()
                case 1: killed = try scratch.copy(of: folder)
                default: break
                }
                // The writer's thread may still write behind: its environments are closed when it is gone.
                try await writer.close()
            }
            folder = killed ?? folder
            if Bool.random(using: &random) { try? FileManager.default.removeItem(atPath: folder.indexPath) }
        }
        try oracle.check(LogReader(folder: folder), recorded: Self.now)
    }
}
