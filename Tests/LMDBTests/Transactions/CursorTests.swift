import LMDB
import Testing

@Suite struct CursorTests {
    let scratch = Scratch()

    /// An environment with the keys 10, 20 ... 50, each with its tenth as the value.
    private func filled() throws -> Environment {
        let environment = try scratch.open(["a", "empty"])
        try environment.write { txn in
            for i in 1...5 { try txn.append([UInt8(i)], for: UInt64(i * 10), in: environment.table("a")) }
        }
        return environment
    }

    @Test(
        arguments: [
            (0, 1, nil), (10, 1, 1), (11, 2, 1), (30, 3, 3), (49, 5, 4), (50, 5, 5), (51, nil, 5), (.max, nil, 5),
        ] as [(UInt64, UInt8?, UInt8?)])
    func `seek finds the next and floor the last up to a key`(key: UInt64, next: UInt8?, last: UInt8?) throws {
        let environment = try filled()
        try environment.read { txn in
            var cursor = try txn.cursor(in: environment.table("a"))
            #expect(try cursor.seek(key) == (next != nil))
            #expect(cursor.isPositioned == (next != nil))
            if let next { #expect(cursor.value.unsafeLoad(as: UInt8.self) == next) }
            #expect(try cursor.floor(key) == (last != nil))
            if let last { #expect(cursor.value.unsafeLoad(as: UInt8.self) == last) }
        }
    }

    @Test func `a cursor walks to both ends`() throws {
        let environment = try filled()
        try environment.read { txn in
            var cursor = try txn.cursor(in: environment.table("a"))
            var keys: [UInt64?] = []
            var found = try cursor.first()
            while found {
                keys.append(UInt64(keyBytes: cursor.key))
                found = try cursor.next()
            }
            #expect(keys == [10, 20, 30, 40, 50])
            found = try cursor.last()
            while found {
                #expect(UInt64(keyBytes: cursor.key) == keys.removeLast())
                found = try cursor.previous()
            }
            #expect(keys.isEmpty)
        }
    }

    @Test func `nothing is found in an empty table`() throws {
        let environment = try filled()
        try environment.read { txn in
            var cursor = try txn.cursor(in: environment.table("empty"))
            #expect(try !cursor.first())
            #expect(try !cursor.last())
            #expect(try !cursor.seek(UInt64(1)))
            #expect(try !cursor.floor(UInt64(1)))
        }
    }

    @Test func `keys of bytes are ordered byte by byte, shorter ones first`() throws {
        let environment = try scratch.open()
        let table = environment.table("a")
        try environment.write { txn in
            for key: [UInt8] in [[1, 2], [1], [1, 2, 0], [255]] { try txn.put(key, for: key, in: table) }
            var cursor = try txn.cursor(in: table)
            #expect(try cursor.floor([1, 2] as [UInt8]))
            #expect(cursor.key.byteCount == 2)
            #expect(try cursor.floor([1, 3] as [UInt8]))
            #expect(cursor.key.byteCount == 3)
            #expect(try !cursor.floor([0] as [UInt8]))
        }
    }
}
