import Digests
import Testing

@Suite struct SipHashTests {
    static let key = SipHashKey(bytes: (0..<16).map { UInt8($0) })!

    /// Of the reference implementation's vectors (veorq/SipHash, vectors.h): the message is the bytes 0, 1, 2 ...
    static let vectors: [(count: Int, bits64: String, bits128: String)] = [
        (0, "310e0edd47db6f72", "a3817f04ba25a8e66df67214c7550293"),
        (1, "fd67dc93c539f874", "da87c1d86b99af44347659119b22fc45"),
        (7, "37d1018bf50002ab", "a1f1ebbed8dbc153c0b84aa61ff08239"),
        (8, "6224939a79f5f593", "3b62a9ba6258f5610f83e264f31497b4"),
        (9, "b0e4a90bdf82009e", "264499060ad9baabc47f8b02bb6d71ed"),
        (15, "e545be4961ca29a1", "5493e99933b0a8117e08ec0f97cfc3d9"),
        (16, "db9bc2577fcc2a3f", "6ee2a4ca67b054bbfd3315bf85230577"),
        (63, "724506eb4c328a95", "5150d1772f50834a503e069a973fbd7c"),
    ]

    @Test(arguments: vectors)
    func `the published hashes come out`(count: Int, bits64: String, bits128: String) {
        let message = (0..<count).map { UInt8($0) }
        #expect(hex(SipHash64.hash(message, key: Self.key)) == bits64)
        #expect(hex(SipHash64.hash(message.span, key: Self.key)) == bits64)
        let value = SipHash128.hash(message, key: Self.key)
        #expect(hex(value.low) + hex(value.high) == bits128)
        #expect(SipHash128.hash(message.span, key: Self.key) == value)
    }

    @Test func `a message in pieces has the hash of the whole`() {
        let message = (0..<40).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let bits64 = SipHash64.hash(message, key: Self.key)
        let bits128 = SipHash128.hash(message, key: Self.key)
        for first in 0...40 {
            for second in first...40 {
                var short = SipHash64(key: Self.key)
                var long = SipHash128(key: Self.key)
                for piece in [message[..<first], message[first..<second], message[second...]] {
                    short.update(Array(piece))
                    long.update(Array(piece))
                }
                #expect(short.finish() == bits64)
                #expect(long.finish() == bits128)
            }
        }
    }

    @Test func `finishing leaves the hasher where it was`() {
        var hasher = SipHash128(key: Self.key)
        hasher.update([1, 2, 3])
        #expect(hasher.finish() == hasher.finish())
        hasher.update([4])
        #expect(hasher.finish() == SipHash128.hash([1, 2, 3, 4], key: Self.key))
    }

    @Test(arguments: [0, 15, 17]) func `a key has 16 bytes`(count: Int) {
        #expect(SipHashKey(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }

    private func hex(_ word: UInt64) -> String {
        let digits = String(word.byteSwapped, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
