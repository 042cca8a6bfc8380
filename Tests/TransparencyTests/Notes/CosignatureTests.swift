import Digests
import Testing

@testable import Transparency

struct CosignatureTests {
    private let witness = NoteSigner(
        name: "witness.example/w1", kind: .cosignature, signingKey: Ed25519SigningKey(seed: Array(32..<64))!)!
    private let checkpoint = SignedCheckpoint(
        TreeHead(origin: "shop.example/log", size: 0, root: TreeHasher.emptyRoot), by: signer)

    @Test func `a cosignature says when it was made`() {
        let signature = witness.signature(of: checkpoint.note.text, at: 1_679_315_147)
        #expect(signature.bytes.count == 4 + 8 + 64)
        #expect(Array(signature.bytes[4..<12]) == [0, 0, 0, 0, 0x64, 0x18, 0x50, 0xCB])
        let message = "cosignature/v1\ntime 1679315147\n" + checkpoint.note.text
        #expect(witness.key.key.verifies(Array(signature.bytes[12...]), of: Array(message.utf8)))
        #expect(witness.key.verifies(signature, of: checkpoint.note.text))
        #expect(witness.key.verifies(checkpoint.note.adding(signature)))
    }

    @Test func `another time, text or kind does not hold`() {
        let signature = witness.signature(of: checkpoint.note.text, at: 1_679_315_147)
        for place in signature.bytes.indices {
            var bytes = signature.bytes
            bytes[place] ^= 1
            #expect(!witness.key.verifies(NoteSignature(name: signature.name, bytes: bytes), of: checkpoint.note.text))
        }
        #expect(!witness.key.verifies(signature, of: checkpoint.note.text + "more\n"))
        let plain = NoteSigner(name: witness.key.name, signingKey: Ed25519SigningKey(seed: Array(32..<64))!)!
        #expect(!plain.key.verifies(signature, of: checkpoint.note.text))
        #expect(!witness.key.verifies(plain.sign(checkpoint.note)))
    }
}
