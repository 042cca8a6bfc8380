import Digests
import Testing

@Suite struct SHA256Tests {
    /// FIPS 180-4 examples, as NIST publishes them.
    static let vectors: [(message: String, digest: String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test func `the published digests come out`() {
        for (message, digest) in Self.vectors { #expect(SHA256.digest(of: Array(message.utf8)).description == digest) }
    }

    @Test func `one hasher digests one message after another, in pieces or whole`() {
        var hasher = SHA256()
        for (message, digest) in Self.vectors {
            let bytes = Array(message.utf8)
            for start in stride(from: 0, to: bytes.count, by: 70_001) {
                hasher.update(bytes.span.bytes.extracting(start..<min(start + 70_001, bytes.count)))
            }
            #expect(hasher.finish().description == digest)
        }
        hasher.update(UInt8(ascii: "a"))
        hasher.update(Array("bc".utf8))
        #expect(hasher.finish().description == Self.vectors[1].digest)
    }
}
