import CLMDB
import LMDB
import Testing

@Suite struct WriteTransactionTests {
    let scratch = Scratch()

    @Test func `a write sees its own changes`() throws {
        let environment = try scratch.open()
        let table = environment.table("a")
        try environment.write { txn in
            try txn.put([1], for: UInt64(1), in: table)
            try txn.put([2], for: UInt64(1), in: table)
            #expect(try txn.copy(table, UInt64(1)) == [2])
            #expect(try txn.delete(UInt64(1), in: table))
            #expect(try !txn.delete(UInt64(1), in: table))
            #expect(try txn.copy(table, UInt64(1)) == nil)
        }
    }

    @Test func `an append out of order is refused and the rest is kept`() throws {
        let environment = try scratch.open()
        let table = environment.table("a")
        try environment.write { txn in
            try txn.append([1], for: UInt64(5), in: table)
            #expect(reason { try txn.append([2], for: UInt64(5), in: table) } == .outOfOrder)
            #expect(reason { try txn.append([2], for: UInt64(4), in: table) } == .outOfOrder)
            try txn.append([2], for: UInt64(6), in: table)
        }
        #expect(try environment.read { txn in try txn.statistics(of: table).entries } == 2)
    }

    @Test func `a reserved value is filled in place`() throws {
        let environment = try scratch.open()
        let table = environment.table("a")
        try environment.write { txn in
            try txn.reserve(5_000, for: UInt32(1), in: table) { span in
                for i in 0..<5_000 { span.storeBytes(of: UInt8(i & 0xff), toByteOffset: i, as: UInt8.self) }
            }
        }
        let read = try environment.read { txn in try txn.copy(table, UInt32(1)) }
        #expect(read == (0..<5_000).map { UInt8($0 & 0xff) })
    }

    @Test func `a reservation that was not filled is not committed, even when its error is swallowed`() throws {
        struct Stop: Error {}
        let environment = try scratch.open()
        let table = environment.table("a")
        let refusal = reason {
            try environment.write { txn in
                do {
                    try txn.reserve(10, for: UInt64(1), in: table) { _ in throw Stop() }
                } catch is Stop {}
            }
        }
        #expect(refusal == .code(MDB_BAD_TXN))
        #expect(try environment.read { txn in try txn.contains(UInt64(1), in: table) } == false)
    }

    @Test func `a cleared table is empty and the others are not`() throws {
        let environment = try scratch.open(["a", "b"])
        try environment.write { txn in
            for name in ["a", "b"] {
                for i in 0..<1_000 { try txn.append([0], for: UInt64(i), in: environment.table(name)) }
            }
        }
        try environment.write { txn in try txn.clear(environment.table("a")) }
        try environment.read { txn throws in
            #expect(try txn.statistics(of: environment.table("a")).entries == 0)
            #expect(try txn.statistics(of: environment.table("b")).entries == 1_000)
        }
    }

    @Test(arguments: [0, 512]) func `a key of a wrong length is refused and the rest is kept`(bytes: Int) throws {
        let environment = try scratch.open()
        let table = environment.table("a")
        try environment.write { txn in
            try txn.put([1], for: UInt64(1), in: table)
            let key = [UInt8](repeating: 1, count: bytes)
            #expect(reason { try txn.put([1], for: key, in: table) } == .code(MDB_BAD_VALSIZE))
        }
        #expect(try environment.read { txn in try txn.contains(UInt64(1), in: table) })
    }
}
