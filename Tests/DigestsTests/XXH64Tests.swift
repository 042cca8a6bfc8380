import Digests
import Testing

@Suite struct XXH64Tests {
    /// Computed by the reference implementation over bytes i * 7 modulo 256.
    @Test(
        arguments: [
            (0, 0xef46_db37_51d8_e999), (1, 0xe934_a84a_db05_2768), (3, 0x9ff7_0a63_5a62_09ab),
            (4, 0xae5a_cdc0_0a55_ac41), (7, 0xd734_a6b2_6f3d_a63e), (8, 0x8711_6b33_65b9_24eb),
            (31, 0x0f18_7c62_b1e7_22b7), (32, 0x91b0_cb09_31a8_c629), (33, 0x931b_043c_f8d6_5b94),
            (63, 0x2191_10bf_13e2_fa26), (100, 0x8e22_72c0_8247_d5db),
        ] as [(Int, UInt64)])
    func `agrees with the reference implementation`(count: Int, expected: UInt64) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        #expect(XXH64.checksum(of: bytes.span.bytes) == expected)
    }

    @Test func `every flipped bit changes it`() {
        var bytes = (0..<96).map { UInt8($0) }
        let whole = XXH64.checksum(of: bytes.span.bytes)
        for bit in 0..<(8 * bytes.count) {
            bytes[bit / 8] ^= 1 << (bit % 8)
            #expect(XXH64.checksum(of: bytes.span.bytes) != whole)
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
    }
}
