import Digests
import Testing

@testable import Transparency

struct ReceiptTests {
    private func receipt(_ index: UInt64, more: String = "") throws -> Receipt {
        let rows = Leaves.rows(300)
        let head = TreeHead(origin: "shop.example/log", size: 300, root: try rows.root(ofFirst: 300))
        return Receipt(
            extra: Array("leaf \(index)\(more)".utf8), index: index,
            proof: try rows.inclusionProof(of: index, inFirst: 300), checkpoint: SignedCheckpoint(head, by: signer))
    }

    @Test func `a receipt is written and read, and holds`() throws {
        for (index, more) in [(0, ""), (17, "\npersonal AAAA"), (299, "")] as [(UInt64, String)] {
            let made = try receipt(index, more: more)
            #expect(made.fault(by: signer.key) == nil)
            #expect(Receipt(made.description) == made)
        }
        #expect(try receipt(3).description.hasPrefix("c2sp.org/tlog-proof@v1\nextra bGVhZiAz\nindex 3\n"))
    }

    @Test func `a receipt with any other byte is refused`() throws {
        let bytes = Array(try receipt(17).description.utf8)
        for place in bytes.indices {
            for change: UInt8 in [1, 4, 0x20] {
                var other = bytes
                other[place] ^= change
                guard let text = String(validating: other, as: UTF8.self), let read = Receipt(text) else { continue }
                #expect(read.fault(by: signer.key) != nil, "byte \(place): \(text)")
            }
            let cut = Receipt(String(decoding: bytes[..<place], as: UTF8.self))
            #expect(cut.map { $0.fault(by: signer.key) == nil } != true, "cut at \(place)")
        }
    }

    @Test func `another entry or key is refused`() throws {
        let made = try receipt(17)
        let other = Receipt(
            extra: Array("leaf 18".utf8), index: 17, proof: made.proof, checkpoint: made.checkpoint)
        #expect(other.fault(by: signer.key) == "the entry is not at index 17 of the tree that the checkpoint names")
        let key = NoteSigner(name: "shop.example/log", signingKey: Ed25519SigningKey(seed: Array(1..<33))!)!.key
        #expect(made.fault(by: key) == "the checkpoint is not signed by shop.example/log")
    }
}
