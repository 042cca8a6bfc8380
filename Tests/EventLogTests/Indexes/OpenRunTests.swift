import Testing
import Touchpoints

@testable import EventLog

@Suite struct OpenRunTests {
    /// Runs of many pages, which are written and merged while a reader keeps the places of their chunks.
    @Test func `a reader that stays open finds what long runs hold, while they are merged`() async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(
            folder: scratch.folder, now: { Timestamp(microseconds: 2_000_000) }, tailLimit: 1_000)
        var reader: LogReader?
        for batch in 0..<20 {
            let ids = batch * 500..<(batch + 1) * 500
            try await writer.append(ids.map { TestEvent(id: $0, value: "m\($0 % 700)") })
            if reader == nil { reader = try LogReader(folder: scratch.folder) }
            let reader = try #require(reader)
            try reader.refresh()
            for id in stride(from: 0, to: ids.upperBound, by: 97) {
                #expect(try reader.position(of: TestEvent.identity(of: id)) == Position(UInt64(id + 1)))
                let strand = try #require(try reader.strand(of: Alias(kind: "member", value: "m\(id % 700)")))
                #expect(strand.rawValue == UInt32(id % 700 + 1))
                let history = try reader.history(of: strand, through: reader.head)
                #expect(
                    history.map(\.position.rawValue)
                        == stride(
                            from: UInt64(id % 700 + 1), through: UInt64(ids.upperBound), by: 700
                        ).map { $0 })
                #expect(try reader.event(at: Position(UInt64(id + 1))).strand == strand)
            }
            #expect(try reader.position(of: TestEvent.identity(of: ids.upperBound)) == nil)
        }
        try await writer.close()
        #expect(try LogVerifier(folder: scratch.folder).verify().isEmpty)
    }
}
