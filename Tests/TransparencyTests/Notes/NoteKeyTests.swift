import Digests
import Testing

@testable import Transparency

struct NoteKeyTests {
    /// As Go's `sumdb/note` writes them for the seed 0, 1, 2 ... 31.
    private static let publicText =
        "shop.example/log+8f7739fd+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    private static let secretText =
        "PRIVATE+KEY+shop.example/log+8f7739fd+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

    @Test func `keys are written and read as others do`() {
        #expect(signer.key.description == Self.publicText)
        #expect(signer.secretText == Self.secretText)
        #expect(NoteKey(Self.publicText) == signer.key)
        #expect(NoteSigner(secretText: Self.secretText)?.key == signer.key)
    }

    @Test func `a key with a plus in its base64 comes back`() throws {
        for first in UInt8(0)...80 {
            let seed = [first] + [UInt8](repeating: 0xFB, count: 31)
            let made = NoteSigner(name: "a", kind: .cosignature, signingKey: Ed25519SigningKey(seed: seed)!)!
            #expect(NoteKey(made.key.description) == made.key)
            #expect(NoteSigner(secretText: made.secretText)?.key == made.key)
        }
    }

    @Test func `every other character is refused`() {
        for text in [Self.publicText, Self.secretText] {
            for place in text.indices {
                var other = text
                other.replaceSubrange(place...place, with: text[place] == "B" ? "C" : "B")
                // Another seed is another key, and has another number.
                #expect(NoteKey(other) == nil && NoteSigner(secretText: other) == nil, "\(other)")
            }
            #expect(NoteKey(text + "A") == nil && NoteSigner(secretText: text + "A") == nil)
        }
    }

    @Test(arguments: ["", "a b", "a+b", "a\u{A0}b", "a\n", "a\u{1}"])
    func `a name that would not be read back is refused`(name: String) {
        #expect(NoteSigner(name: name, signingKey: Ed25519SigningKey(seed: Array(0..<32))!) == nil)
    }
}
