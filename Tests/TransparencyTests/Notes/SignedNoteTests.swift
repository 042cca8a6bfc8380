import Digests
import Testing

@testable import Transparency

struct SignedNoteTests {
    /// What Go's `sumdb/note` signs with the same key: the tree over 300 leaves.
    private static let goNote = """
        shop.example/log
        300
        56/ILTiUT8eTBUUygJHUWCMojB9zTL2sBjlnE+vUtdU=

        — shop.example/log j3c5/UhHtAVwutuURHZVe3fH0sPWzws7UNBcCBQVaptUgadgQKbezMjJGhxKOtIOs/VUDw4YsD4sBabK6dsvQ29oJAg=

        """

    @Test func `a signed checkpoint is that of another implementation`() throws {
        let head = TreeHead(
            origin: "shop.example/log", size: 300, root: try Leaves.rows(300).root(ofFirst: 300))
        let made = SignedCheckpoint(head, by: signer)
        #expect(made.description == Self.goNote)
        #expect(SignedCheckpoint(Self.goNote) == made)
        #expect(made.isSigned(by: signer.key))
    }

    @Test func `a note with any other byte does not hold`() throws {
        let bytes = Array(Self.goNote.utf8)
        for place in bytes.indices {
            for change: UInt8 in [1, 4, 0x20] {
                var other = bytes
                other[place] ^= change
                guard let text = String(validating: other, as: UTF8.self) else { continue }
                #expect(SignedCheckpoint(text).map { $0.isSigned(by: signer.key) } != true, "byte \(place): \(text)")
            }
            let cut = String(decoding: bytes[..<place], as: UTF8.self)
            #expect(SignedCheckpoint(cut).map { $0.isSigned(by: signer.key) } != true, "cut at \(place)")
        }
        #expect(SignedCheckpoint(Self.goNote + "\n") == nil)
    }

    @Test func `signatures of others are passed over, and a false one of ours is not`() throws {
        let note = try #require(SignedNote(Self.goNote))
        let other = NoteSigner(name: "w.example", signingKey: Ed25519SigningKey(seed: Array(1..<33))!)!
        let both = other.sign(note)
        #expect(SignedNote(both.description) == both)
        #expect(signer.key.verifies(both) && other.key.verifies(both))
        let false1 = NoteSignature(name: signer.key.name, bytes: signer.key.identifier + Array(repeating: 7, count: 64))
        #expect(!signer.key.verifies(note.adding(false1)))
        #expect(!other.key.verifies(note))
    }

    @Test func `a log's checkpoint is signed in its own name`() {
        let head = TreeHead(origin: "other.example/log", size: 0, root: TreeHasher.emptyRoot)
        #expect(!SignedCheckpoint(head, by: signer).isSigned(by: signer.key))
    }

    @Test(arguments: [
        "a\n1\n", "a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "a\n1\nAA==\n", "a\n-1\nAA==\n",
        "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nb\n",
    ]) func `what is no tree head is none`(text: String) { #expect(TreeHead(text: text) == nil) }

    @Test func `lines behind the root are the log's own`() throws {
        let text = "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n"
        #expect(try #require(TreeHead(text: text)).size == 1)
    }

    @Test(arguments: ["", "\n", "a\n", "a\n\n", "a\n\n\n", "a\n\n- a AAAAAAA=\n", "a\r\n\n— a AAAAAAA=\n"])
    func `what is no note is none`(text: String) { #expect(SignedNote(text) == nil) }
}
