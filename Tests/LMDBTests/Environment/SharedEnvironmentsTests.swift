import LMDB
import Testing

struct SharedEnvironmentsTests {
    private let scratch = Scratch()

    private func open(_ access: Environment.Access) throws -> Environment {
        try SharedEnvironments.open(
            at: scratch.environmentPath, format: Scratch.format, tables: ["a"], access: access)
    }

    @Test func `readers share what the writer has open`() throws {
        let writing = try open(.readWrite)
        #expect(try open(.readOnly) === writing)
        #expect(try open(.readWrite) === writing)
    }

    @Test func `who reads can become the writer, and readers see it`() throws {
        try scratch.open().close()
        let reading = try open(.readOnly)
        let snapshot = try reading.snapshot()
        #expect(snapshot.isNewest)
        let writing = try open(.readWrite)
        try writing.put([7], 1)
        #expect(!snapshot.isNewest)
        #expect(try snapshot.copy(reading.table("a"), UInt64(1)) == nil)
        #expect(try reading.snapshot().copy(reading.table("a"), UInt64(1)) == [7])
        #expect(throws: LMDBError.self) { try reading.put([8], 1) }
    }

    @Test func `it closes with the last who holds it`() throws {
        var first: Environment? = try open(.readWrite)
        var second: Environment? = try open(.readOnly)
        first = nil
        #expect(throws: LMDBError.self) { try scratch.open() }
        second = nil
        #expect(throws: Never.self) { try scratch.open().close() }
        #expect(first == nil && second == nil)
    }
}
