import Digests
import Testing

@Suite struct SecureRandomTests {
    @Test(arguments: [0, 1, 16, 4095, 4096, 4097, 20_000]) func `every byte is filled`(count: Int) {
        var random = SecureRandom()
        // A byte that is never written stays 0; one that is, is 0 eight times running once in 2^64.
        var seen = [UInt8](repeating: 0, count: count)
        for _ in 0..<8 { for (i, byte) in random.bytes(count).enumerated() { seen[i] |= byte } }
        #expect(!seen.contains(0))
    }

    @Test func `salts do not repeat, within a generator and between two`() {
        var first = SecureRandom()
        var second = SecureRandom()
        var salts: Set<[UInt8]> = []
        for _ in 0..<2_000 {
            salts.insert(first.bytes(16))
            salts.insert(second.bytes(16))
        }
        #expect(salts.count == 4_000)
    }
}
