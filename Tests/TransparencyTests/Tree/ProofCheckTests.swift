import Digests
import Testing

@testable import Transparency

struct ProofCheckTests {
    private let rows = Leaves.rows(130)

    private func altered(_ digest: Digest256) -> Digest256 {
        var bytes = digest.bytes
        bytes[bytes.count / 2] ^= 0x10
        return Digest256(bytes: bytes.span.bytes)!
    }

    @Test func `each leaf is shown to be in each tree, and nothing else is`() throws {
        for size in UInt64(1)...70 {
            let root = try rows.root(ofFirst: size)
            for index in 0..<size {
                let proof = try rows.inclusionProof(of: index, inFirst: size)
                func holds(
                    _ leaf: UInt64, _ index: UInt64, _ size: UInt64, _ root: Digest256, _ proof: [Digest256]
                ) -> Bool {
                    ProofCheck.includes(Leaves.hash(leaf), at: index, inFirst: size, root: root, proof: proof)
                }
                #expect(holds(index, index, size, root, proof))
                #expect(!holds(index + 1, index, size, root, proof))
                #expect(!holds(index, index + 1, size, root, proof))
                #expect(!holds(index, index, size, altered(root), proof))
                #expect(!holds(index, index, size, root, proof + [root]))
                for place in proof.indices {
                    var other = proof
                    other[place] = altered(other[place])
                    #expect(!holds(index, index, size, root, other))
                    other.remove(at: place)
                    #expect(!holds(index, index, size, root, other))
                }
            }
        }
    }

    @Test func `a proof speaks of one size of a tree, where that has another shape`() throws {
        // The way from a leaf of the left half is the same in trees whose right halves only seem to differ.
        let root = try rows.root(ofFirst: 8)
        let proof = try rows.inclusionProof(of: 7, inFirst: 8)
        for size: UInt64 in [0, 1, 7, 9, 16, 1 << 63, .max] {
            #expect(!ProofCheck.includes(Leaves.hash(7), at: 7, inFirst: size, root: root, proof: proof))
        }
    }

    @Test func `each tree is shown to begin with each before it, and with no other`() throws {
        for size in UInt64(1)...70 {
            let root = try rows.root(ofFirst: size)
            for old in 1...size {
                let oldRoot = try rows.root(ofFirst: old)
                let proof = try rows.consistencyProof(from: old, to: size)
                func holds(
                    _ old: UInt64, _ oldRoot: Digest256, _ size: UInt64, _ root: Digest256, _ proof: [Digest256]
                ) -> Bool { ProofCheck.extends(from: old, root: oldRoot, to: size, root: root, proof: proof) }
                #expect(holds(old, oldRoot, size, root, proof))
                #expect(!holds(old, altered(oldRoot), size, root, proof))
                #expect(!holds(old, oldRoot, size, altered(root), proof))
                #expect(!holds(old, oldRoot, size, root, proof + [root]))
                #expect(!holds(size + 1, oldRoot, size, root, proof))
                for place in proof.indices {
                    var other = proof
                    other[place] = altered(other[place])
                    #expect(!holds(old, oldRoot, size, root, other))
                    other.remove(at: place)
                    #expect(!holds(old, oldRoot, size, root, other))
                }
            }
        }
    }

    @Test func `every tree begins with the empty one`() throws {
        let root = try rows.root(ofFirst: 5)
        #expect(ProofCheck.extends(from: 0, root: TreeHasher.emptyRoot, to: 5, root: root, proof: []))
        #expect(!ProofCheck.extends(from: 0, root: root, to: 5, root: root, proof: []))
        #expect(!ProofCheck.extends(from: 0, root: TreeHasher.emptyRoot, to: 5, root: root, proof: [root]))
    }

    @Test func `a proof that is longer than any is refused`() throws {
        let many = [Digest256](repeating: .zero, count: 65)
        #expect(!ProofCheck.includes(.zero, at: 0, inFirst: .max, root: .zero, proof: many))
        #expect(!ProofCheck.extends(from: 1, root: .zero, to: .max, root: .zero, proof: many))
    }
}
