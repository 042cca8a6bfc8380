import Digests
import Testing

@testable import Transparency

struct SubtreeHashesTests {
    /// The leaves that implementations of RFC 6962 are tried with, and the roots over the first 0, 1, 2 ... of them.
    private static let entries = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    private static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test func `the known roots come out, at once and leaf by leaf`() throws {
        var hasher = TreeHasher()
        var rows = MemoryRows()
        var edge = GrowingTree()
        #expect(edge.root(&hasher).description == Self.roots[0])
        for (index, entry) in Self.entries.enumerated() {
            let bytes = stride(from: 0, to: entry.count, by: 2).map { at in
                UInt8(entry.dropFirst(at).prefix(2), radix: 16)!
            }
            rows.append(hasher.leaf(bytes), &hasher)
            edge.append(hasher.leaf(bytes), &hasher)
            #expect(try rows.root(ofFirst: UInt64(index + 1)).description == Self.roots[index + 1])
            #expect(edge.root(&hasher).description == Self.roots[index + 1])
        }
        for (size, root) in Self.roots.enumerated() {
            #expect(try rows.root(ofFirst: UInt64(size)).description == root)
        }
    }

    /// What Go's `sumdb/tlog` gives for the same 300 leaves: the digest of all roots, and of all proofs up to 130 leaves.
    @Test func `roots and proofs are those of another implementation`() throws {
        let rows = Leaves.rows(300)
        func digest(_ hashes: [Digest256]) -> String {
            SHA256.digest(of: hashes.flatMap(\.bytes)).description
        }
        #expect(
            digest(try (1...300).map { try rows.root(ofFirst: $0) })
                == "74807f1610303327a683b3ba13f135187d4efc838ff4da04d25c81d5ddd38fea")
        var inclusion: [Digest256] = []
        var consistency: [Digest256] = []
        for size in UInt64(1)...130 {
            for index in 0..<size { inclusion += try rows.inclusionProof(of: index, inFirst: size) }
            for old in 1...size { consistency += try rows.consistencyProof(from: old, to: size) }
        }
        #expect(digest(inclusion) == "dcaea4904d4e5bd1756a164ca7c5a190400dea11983ca516464a64dbf9aa7b17")
        #expect(digest(consistency) == "f0ab32132efeeaa07756ef4955d72b4962ae9546db1e50b60c60e64a52f46740")
    }

    @Test func `a tree goes on from what another one holds`() throws {
        let rows = Leaves.rows(700)
        var hasher = TreeHasher()
        for start: UInt64 in [0, 1, 255, 256, 257, 511, 512, 699] {
            var edge = try GrowingTree(ofFirst: start, rows)
            for leaf in rows.row(0, start..<700) { edge.append(leaf, &hasher) }
            #expect(edge.size == 700)
            #expect(try edge.root(&hasher) == rows.root(ofFirst: 700))
        }
    }
}
