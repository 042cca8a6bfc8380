import LMDB
import Testing

@Suite struct ReadSnapshotTests {
    let scratch = Scratch()

    @Test func `a snapshot stays where it was while others write`() throws {
        let environment = try scratch.open()
        let table = environment.table("a")
        try environment.write { txn in try txn.put([1], for: UInt64(1), in: table) }
        let snapshot = try environment.snapshot()
        try environment.write { txn in try txn.put([2], for: UInt64(1), in: table) }
        #expect(try snapshot.read { txn in try txn.copy(table, UInt64(1)) } == [1])
        #expect(try environment.read { txn in try txn.copy(table, UInt64(1)) } == [2])
        #expect(try environment.snapshot().identifier == snapshot.identifier + 1)
    }

    @Test func `a snapshot is read from one task after another`() async throws {
        let environment = try scratch.open()
        let snapshot = try environment.snapshot()
        for _ in 0..<8 {
            let entries = try await Task.detached {
                try snapshot.read { txn in try txn.statistics(of: environment.table("a")).entries }
            }.value
            #expect(entries == 0)
        }
    }

    @Test func `calls that overlap trap`() async {
        await #expect(processExitsWith: .failure) {
            let scratch = Scratch()
            let snapshot = try scratch.open().snapshot()
            try? snapshot.read { _ in try snapshot.read { _ in } }
        }
    }
}
