import Digests
import Testing

@testable import Transparency

struct ConsistencyProofTests {
    private let rows = Leaves.rows(300)

    private func proof(_ old: UInt64) throws -> ConsistencyProof {
        let head = TreeHead(origin: "shop.example/log", size: 300, root: try rows.root(ofFirst: 300))
        return ConsistencyProof(
            old: old, proof: try rows.consistencyProof(from: old, to: 300),
            checkpoint: SignedCheckpoint(head, by: signer))
    }

    @Test(arguments: [0, 1, 128, 255, 299, 300]) func `a proof is written and read, and holds`(old: UInt64) throws {
        let made = try proof(old)
        #expect(ConsistencyProof(made.description) == made)
        #expect(made.holds(forOldRoot: try rows.root(ofFirst: old)))
        #expect(!made.holds(forOldRoot: .zero))
    }

    @Test(arguments: ["", "old 1", "old 01\n\n", "old -1\n\n", "new 1\n\n", "old 1\nAA==\n\n"])
    func `what is no proof is none`(start: String) throws {
        let checkpoint = try proof(1).checkpoint
        #expect(ConsistencyProof(start + checkpoint.description) == nil)
    }
}
