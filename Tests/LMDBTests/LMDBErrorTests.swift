import CLMDB
import LMDB
import Testing

@Suite struct LMDBErrorTests {
    @Test func `an error says what was attempted and what LMDB calls it`() throws {
        let scratch = Scratch()
        let environment = try scratch.open()
        do {
            try environment.write { txn in try txn.put([], for: [UInt8](), in: environment.table("a")) }
            Issue.record("an empty key was taken")
        } catch let error as LMDBError {
            #expect(error.code == MDB_BAD_VALSIZE)
            #expect(error.attempted == "put in table a")
            #expect(error.description.contains("MDB_BAD_VALSIZE"))
        }
    }
}
