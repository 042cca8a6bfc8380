import Digests
import Testing

@Suite struct Digest256Tests {
    let bytes = (0..<32).map { UInt8($0 * 8) }

    @Test func `a digest keeps its bytes in order`() throws {
        let made = Digest256(bytes: bytes.span.bytes)
        let digest = try #require(made)
        #expect(digest.bytes == bytes)
        #expect(digest.span.withUnsafeBytes { Array($0) } == bytes)
        #expect(digest.description == "0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8")
        #expect(Digest256(digest.description) == digest)
        #expect(Digest256(digest.description.uppercased()) == digest)
    }

    @Test(arguments: 0..<32) func `two digests that differ in a byte are not equal`(place: Int) {
        var other = bytes
        other[place] ^= 1
        #expect(Digest256(bytes: bytes.span.bytes) != Digest256(bytes: other.span.bytes))
    }

    @Test(arguments: ["", "00", String(repeating: "0", count: 63), String(repeating: "g", count: 64)])
    func `text that is not 64 digits is no digest`(text: String) { #expect(Digest256(text) == nil) }

    @Test(arguments: [0, 31, 33]) func `bytes of another number are no digest`(count: Int) {
        #expect(Digest256(bytes: [UInt8](repeating: 0, count: count).span.bytes) == nil)
    }
}
