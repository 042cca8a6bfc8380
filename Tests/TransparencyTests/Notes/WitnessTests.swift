import Digests
import Testing

@testable import Transparency

struct WitnessTests {
    private let rows = Leaves.rows(300)
    private let witness = Witness(
        signer: NoteSigner(
            name: "witness.example", kind: .cosignature, signingKey: Ed25519SigningKey(seed: Array(64..<96))!)!,
        logs: [signer.key])

    private func head(_ size: UInt64, of rows: MemoryRows? = nil) throws -> TreeHead {
        TreeHead(origin: "shop.example/log", size: size, root: try (rows ?? self.rows).root(ofFirst: size))
    }

    private func request(_ old: UInt64, _ size: UInt64, of rows: MemoryRows? = nil) throws -> String {
        let proof = try (rows ?? self.rows).consistencyProof(from: old, to: size)
        return ConsistencyProof(
            old: old, proof: proof, checkpoint: SignedCheckpoint(try head(size, of: rows), by: signer)
        )
        .description
    }

    @Test func `what goes on from the last one is co-signed, the first one and the same one too`() throws {
        for (old, size) in [(0, 7), (0, 0), (7, 7), (7, 300), (256, 300)] as [(UInt64, UInt64)] {
            let reply = witness.reply(
                to: try request(old, size), last: old == 0 ? nil : try head(old), at: 1_700_000_000)
            guard case .cosigned(let checkpoint, let signature) = reply else {
                Issue.record("\(old) to \(size): \(reply)")
                continue
            }
            #expect(checkpoint.head.size == size)
            #expect(witness.key.verifies(signature, of: checkpoint.note.text))
        }
    }

    @Test func `two histories never have its signature`() throws {
        var other = MemoryRows()
        var hasher = TreeHasher()
        for index in 0..<300 { other.append(hasher.leaf(Array("other \(index)".utf8)), &hasher) }
        func status(_ request: String, last: TreeHead?) -> Int? {
            guard case .refused(let status, _) = witness.reply(to: request, last: last, at: 0) else { return nil }
            return status
        }
        #expect(status(try request(7, 300, of: other), last: try head(7)) == 422)
        #expect(status(try request(7, 7, of: other), last: try head(7)) == 409)
        #expect(witness.reply(to: try request(0, 300, of: other), last: try head(7), at: 0) == .goesOnFrom(7))
        #expect(witness.reply(to: try request(6, 300), last: try head(7), at: 0) == .goesOnFrom(7))
        #expect(witness.reply(to: try request(7, 300), last: nil, at: 0) == .goesOnFrom(0))
        #expect(status(try request(0, 7).replacing("old 0\n", with: "old 8\n"), last: try head(8)) == 400)
        #expect(status("old 0\n", last: nil) == 400)
    }

    @Test func `only logs that it knows, and only what they have signed`() throws {
        let stranger = NoteSigner(name: "other.example", signingKey: Ed25519SigningKey(seed: Array(0..<32))!)!
        let unknown = SignedCheckpoint(
            TreeHead(origin: "other.example", size: 0, root: TreeHasher.emptyRoot), by: stranger)
        let text = ConsistencyProof(old: 0, proof: [], checkpoint: unknown).description
        #expect(witness.reply(to: text, last: nil, at: 0) == .refused(status: 404, why: "no log of that name is known"))
        let thief = NoteSigner(name: "shop.example/log", signingKey: Ed25519SigningKey(seed: Array(1..<33))!)!
        let forged = ConsistencyProof(old: 0, proof: [], checkpoint: SignedCheckpoint(try head(7), by: thief))
            .description
        #expect(
            witness.reply(to: forged, last: nil, at: 0)
                == .refused(status: 403, why: "no key of the log has signed the checkpoint"))
    }
}
