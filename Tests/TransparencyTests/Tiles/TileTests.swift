import Testing

@testable import Transparency

struct TileTests {
    /// The examples of C2SP tlog-tiles, and what Go's `sumdb/tlog` gives.
    private static let paths: [(Tile, String)] = [
        (Tile(.hashes(level: 0), index: 0), "tile/0/000"),
        (Tile(.hashes(level: 1), index: 1_234_067), "tile/1/x001/x234/067"),
        (Tile(.hashes(level: 2), index: 999, width: 17), "tile/2/999.p/17"),
        (Tile(.entries, index: 1_000, width: 3), "tile/entries/x001/000.p/3"),
    ]

    @Test func `a tile and its path are one`() {
        for (tile, path) in Self.paths {
            #expect(tile.path == path)
            #expect(Tile(path: path) == tile)
        }
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "tile/8/000", "tile/-1/000", "tile/00/000", "tile/0/00", "tile/0/0000",
        "tile/0/x000/000", "tile/0/001/000", "tile/0/x001/x000", "tile/0/000.p/0", "tile/0/000.p/256",
        "tile/0/000.p/01", "tile/0/000.p/+1", "tile/0/000.p", "tile/0/.p/1", "tile/0/000/1", "tile/data/000",
        "tile/0/xx1/000", "Tile/0/000", "tile/0/000 ", "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999",
    ]) func `what is no path is none`(path: String) { #expect(Tile(path: path) == nil) }

    @Test func `a tree of 70,000 leaves has the tiles that the specification names`() {
        let tiles = Tile.tiles(size: 70_000)
        func widths(_ kind: Tile.Kind) -> [UInt64] { tiles.filter { $0.kind == kind }.map(\.width) }
        #expect(widths(.hashes(level: 0)) == Array(repeating: 256, count: 273) + [112])
        #expect(widths(.entries) == widths(.hashes(level: 0)))
        #expect(widths(.hashes(level: 1)) == [256, 17])
        #expect(widths(.hashes(level: 2)) == [1])
        #expect(tiles.count == 2 * 274 + 3)
        #expect(Tile.tiles(size: 256).map(\.path) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
        #expect(Tile.tiles(size: 0).isEmpty)
    }

    @Test func `the tiles of what was added make up those of the whole`() {
        let old = Set(Tile.tiles(size: 600).filter { $0.width == Tile.fullWidth })
        #expect(old.union(Tile.tiles(from: 600, size: 70_000)) == Set(Tile.tiles(size: 70_000)))
    }

    @Test func `a tile is inside a tree that has all of its hashes`() {
        #expect(Tile(.hashes(level: 0), index: 1, width: 2).isInside(size: 258))
        #expect(!Tile(.hashes(level: 0), index: 1, width: 3).isInside(size: 258))
        #expect(Tile(.hashes(level: 1), index: 0, width: 1).isInside(size: 256))
        #expect(!Tile(.hashes(level: 1), index: 0, width: 1).isInside(size: 255))
    }
}
