import Testing

@testable import Transparency

struct TileRowsTests {
    @Test func `a tile is 32 bytes a hash, and each level the roots of the tiles below`() throws {
        let rows = Leaves.rows(700)
        let lowest = try rows.bytes(of: Tile(.hashes(level: 0), index: 1))
        #expect(lowest.count == 8_192)
        #expect(Array(lowest.prefix(32)) == Leaves.hash(256).bytes)
        var tree = MemoryRows()
        var hasher = TreeHasher()
        for leaf in rows.row(0, 256..<512) { tree.append(leaf, &hasher) }
        #expect(try rows.row(1, 0..<2)[1] == tree.root(ofFirst: 256))
    }

    @Test func `subtrees of every height are those over their leaves`() throws {
        let rows = Leaves.rows(1_100)
        for level in 0...10 {
            let width = UInt64(1) << UInt64(level)
            for index in 0..<1_100 / width {
                var tree = MemoryRows()
                var hasher = TreeHasher()
                for leaf in rows.row(0, index * width..<(index + 1) * width) { tree.append(leaf, &hasher) }
                #expect(try rows.subtree(level: level, index: index) == tree.root(ofFirst: width))
            }
        }
    }
}
