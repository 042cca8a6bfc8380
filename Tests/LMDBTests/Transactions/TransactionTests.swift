import LMDB
import Testing

@Suite struct TransactionTests {
    let scratch = Scratch()

    @Test func `a value is read where it lies and not copied`() throws {
        let environment = try scratch.open()
        let table = environment.table("a")
        try environment.write { txn in
            try txn.put([UInt8](repeating: 7, count: 100_000), for: UInt64(1), in: table)
        }
        try environment.read { txn in
            let first = try txn.value(in: table, for: UInt64(1))
            var cursor = try txn.cursor(in: table)
            #expect(try cursor.first())
            let second = cursor.value
            #expect(first?.byteCount == 100_000)
            #expect(first?.isIdentical(to: second) == true)
        }
    }

    @Test func `a function reads from either kind of transaction`() throws {
        func count(_ txn: borrowing some Transaction & ~Copyable, _ table: Table) throws -> Int {
            try txn.statistics(of: table).entries
        }
        let environment = try scratch.open()
        let table = environment.table("a")
        let inside = try environment.write { txn in
            try txn.put([], for: UInt64(1), in: table)
            return try count(txn, table)
        }
        #expect(inside == 1)
        #expect(try environment.read { txn in try count(txn, table) } == 1)
        #expect(try environment.read { txn in try txn.copy(table, UInt64(1)) } == [])
    }
}
