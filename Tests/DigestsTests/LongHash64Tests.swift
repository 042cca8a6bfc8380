import Digests
import Testing

@Suite struct LongHash64Tests {
    private static let key = SipHashKey(bytes: (0..<16).map { UInt8($0) })!

    /// The hash by its definition, with numbers of 128 bits.
    private static func plain(_ message: [UInt8]) -> UInt64 {
        func word(_ at: Int) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(message[at + $1]) << UInt64(8 * $1) } }
        func bytes(_ word: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
        let words = (0..<64).map { SipHash64.hash(bytes(UInt64($0)), key: key) }
        var pressed = bytes(UInt64(message.count))
        let end = message.count / 16 * 16
        for piece in stride(from: 0, to: end, by: 512) {
            var sum: UInt128 = 0
            for at in stride(from: piece, to: min(piece + 512, end), by: 16) {
                let number = (at - piece) / 8
                sum &+= UInt128(word(at) &+ words[number]) &* UInt128(word(at + 8) &+ words[number + 1])
            }
            pressed += bytes(UInt64(truncatingIfNeeded: sum)) + bytes(UInt64(truncatingIfNeeded: sum >> 64))
        }
        return SipHash64.hash(pressed + message[end...], key: key)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 31, 430, 511, 512, 513, 528, 1_024, 5_000])
    func `a hash is what its definition says`(count: Int) {
        let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 3) }
        #expect(LongHash64(key: Self.key).hash(message.span.bytes) == Self.plain(message))
    }

    @Test(arguments: [1, 40, 600]) func `every bit counts, and the length`(count: Int) {
        let hasher = LongHash64(key: Self.key)
        var message = [UInt8](repeating: 0, count: count)
        var hashes: Set<UInt64> = [hasher.hash(message.span.bytes)]
        for bit in 0..<8 * count {
            message[bit / 8] ^= 1 << UInt8(bit % 8)
            hashes.insert(hasher.hash(message.span.bytes))
            message[bit / 8] = 0
        }
        message.append(0)
        hashes.insert(hasher.hash(message.span.bytes))
        #expect(hashes.count == 8 * count + 2)
    }

    @Test func `another key gives another hash`() {
        let other = SipHashKey(bytes: (1..<17).map { UInt8($0) })!
        let message = [UInt8](repeating: 1, count: 100)
        #expect(LongHash64(key: Self.key).hash(message.span.bytes) != LongHash64(key: other).hash(message.span.bytes))
    }
}
