import CLMDB
import Glibc
import LMDB
import Testing

@Suite struct EnvironmentTests {
    let scratch = Scratch()

    @Test func `what was written is read again after closing and opening`() throws {
        var environment = try scratch.open(["a", "b"])
        let big = (0..<512 * 1024).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try environment.write { txn in
            try txn.put([1, 2, 3], for: UInt64(7), in: environment.table("a"))
            try txn.put(big, for: Array("key".utf8), in: environment.table("b"))
        }
        environment.close()
        environment = try scratch.open(["a", "b"])
        try environment.read { txn throws in
            #expect(try txn.copy(environment.table("a"), UInt64(7)) == [1, 2, 3])
            #expect(try txn.copy(environment.table("b"), Array("key".utf8)) == big)
            #expect(try txn.copy(environment.table("a"), UInt64(8)) == nil)
            #expect(try txn.statistics(of: environment.table("b")).entries == 1)
            #expect(try txn.statistics(of: environment.table("b")).bytes >= big.count)
        }
        #expect(try environment.usedBytes() > big.count)
    }

    @Test func `reads that are open are counted`() throws {
        let environment = try scratch.open(["a"])
        #expect(environment.openReads == 0)
        let snapshot = try environment.snapshot()
        try environment.read { _ in #expect(environment.openReads == 2) }
        #expect(environment.openReads == 1)
        withExtendedLifetime(snapshot) {}
        environment.close()
        #expect(environment.openReads == 0)
    }

    @Test func `a write that throws leaves no trace`() throws {
        struct Stop: Error {}
        let environment = try scratch.open()
        let table = environment.table("a")
        try environment.write { txn in try txn.put([1], for: UInt64(1), in: table) }
        let before = try environment.read { txn in txn.identifier }
        #expect(throws: Stop.self) {
            try environment.write { txn in
                try txn.put([2], for: UInt64(1), in: table)
                try txn.put([2], for: UInt64(2), in: table)
                throw Stop()
            }
        }
        try environment.read { txn throws in
            #expect(try txn.copy(table, UInt64(1)) == [1])
            #expect(try !txn.contains(UInt64(2), in: table))
            #expect(txn.identifier == before)
        }
    }

    @Test func `a write that changes nothing is no transaction`() throws {
        let environment = try scratch.open()
        let before = try environment.read { txn in txn.identifier }
        let removed = try environment.write { txn in try txn.delete(UInt64(1), in: environment.table("a")) }
        #expect(!removed)
        #expect(try environment.read { txn in txn.identifier } == before)
    }

    @Test func `one file is opened once in a process, whatever the path`() throws {
        let environment = try scratch.open()
        #expect(symlink(scratch.environmentPath, scratch.path + "/link") == 0)
        #expect(reason { _ = try scratch.open(access: .readOnly) } == .alreadyOpen)
        let again = reason {
            _ = try Environment(at: scratch.path + "/link", format: Scratch.format, tables: ["a"])
        }
        #expect(again == .alreadyOpen)
        let snapshot = try environment.snapshot()
        environment.close()
        #expect(reason { _ = try scratch.open() } == .alreadyOpen, "a snapshot still reads it")
        #expect(try snapshot.read { txn in try txn.contains(UInt64(1), in: environment.table("a")) } == false)
    }

    @Test func `a closed environment refuses reads and writes`() throws {
        let environment = try scratch.open()
        environment.close()
        #expect(reason { try environment.read { _ in } } == .closed)
        #expect(reason { try environment.write { _ in } } == .closed)
        _ = try scratch.open()
    }

    @Test func `reading only changes nothing and finds everything`() throws {
        #expect(reason { _ = try scratch.open(access: .readOnly) } == .missing)
        try scratch.open().write { txn in _ = txn.identifier }
        let environment = try scratch.open(access: .readOnly)
        #expect(reason { try environment.write { _ in } } == .readOnly)
        #expect(try environment.read { txn in try txn.statistics(of: environment.table("a")).entries } == 0)
        environment.close()
        #expect(reason { _ = try scratch.open(["a", "b"], access: .readOnly) } == .tableMissing("b"))
    }

    @Test func `a table that is new to the program is made at opening`() throws {
        try scratch.open(["a"]).close()
        try scratch.open(["a", "b"]).close()
        let environment = try scratch.open(["b"], access: .readOnly)
        #expect(environment.access == .readOnly)
        environment.close()
    }

    @Test func `a full map is an error of its own, and reads and small writes go on`() throws {
        let environment = try scratch.open(mapBytes: 1 << 20)
        let table = environment.table("a")
        try environment.write { txn in try txn.put([1], for: UInt64(1), in: table) }
        let full = reason {
            try environment.write { txn in
                for i in 2..<100 { try txn.put([UInt8](repeating: 9, count: 64 << 10), for: UInt64(i), in: table) }
            }
        }
        #expect(full == .mapFull)
        let swallowed = reason {
            try environment.write { txn in
                for i in 2..<100 { try? txn.put([UInt8](repeating: 9, count: 64 << 10), for: UInt64(i), in: table) }
            }
        }
        #expect(swallowed == .mapFull)
        try environment.write { txn in try txn.put([2], for: UInt64(2), in: table) }
        try environment.read { txn throws in
            #expect(try txn.copy(table, UInt64(1)) == [1])
            #expect(try txn.copy(table, UInt64(2)) == [2])
            #expect(try txn.statistics(of: table).entries == 2)
        }
    }

    @Test func `another process reads while this one writes`() async throws {
        let environment = try scratch.open()
        let path = scratch.environmentPath
        try environment.put([5], 1)
        await #expect(processExitsWith: .success) { [path = path as String] in
            let other = try Environment(at: path, format: Scratch.format, tables: ["a"], access: .readOnly)
            let found = try other.read { txn in try txn.copy(other.table("a"), UInt64(1)) }
            if found != [5] { exit(1) }
        }
        try environment.put([6], 1)
    }
}
