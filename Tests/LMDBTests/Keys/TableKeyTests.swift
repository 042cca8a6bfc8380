import LMDB
import Testing

@Suite struct TableKeyTests {
    @Test func `the bytes of numbers are in the order of the numbers`() {
        let numbers: [UInt64] = [0, 1, 255, 256, 65_535, 1 << 32, .max]
        let keys = numbers.map { $0.withKeyBytes { Array($0) } }
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        #expect(keys.map { UInt64(keyBytes: $0.span.bytes) } == numbers)
        #expect(UInt32(0x0102_0304).withKeyBytes { Array($0) } == [1, 2, 3, 4])
        #expect(UInt32(keyBytes: ([1, 2, 3, 4] as [UInt8]).span.bytes) == 0x0102_0304)
    }

    @Test func `a key of another length is no number`() {
        let bytes: [UInt8] = [1, 2, 3, 4, 5]
        #expect(UInt64(keyBytes: bytes.span.bytes) == nil)
        #expect(UInt32(keyBytes: bytes.span.bytes) == nil)
    }
}
