/// XXH64 of bytes: a checksum that notices damage, at about 10 GB/s.
///
/// It keeps nobody from making other bytes with the same sum: for that there is ``SHA256``.
/// Yann Collet: XXH64 (xxHash, 2014), with the seed 0.
public enum XXH64 {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    /// The checksum of the bytes.
    public static func checksum(of bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        var at = 0
        var sum = prime5
        if count >= 32 {
            // Four lanes, so that the multiplications overlap.
            var a = prime1 &+ prime2
            var b = prime2
            var c: UInt64 = 0
            var d = 0 &- prime1
            while count - at >= 32 {
                a = round(a, word(bytes, at))
                b = round(b, word(bytes, at + 8))
                c = round(c, word(bytes, at + 16))
                d = round(d, word(bytes, at + 24))
                at += 32
            }
            sum = rotated(a, 1) &+ rotated(b, 7) &+ rotated(c, 12) &+ rotated(d, 18)
            for lane in [a, b, c, d] { sum = (sum ^ round(0, lane)) &* prime1 &+ prime4 }
        }
        return finish(sum &+ UInt64(count), bytes.extracting(droppingFirst: at))
    }

    /// Takes the last bytes, fewer than 32, and mixes.
    private static func finish(_ start: UInt64, _ rest: RawSpan) -> UInt64 {
        var sum = start
        var at = 0
        while rest.byteCount - at >= 8 {
            sum = rotated(sum ^ round(0, word(rest, at)), 27) &* prime1 &+ prime4
            at += 8
        }
        if rest.byteCount - at >= 4 {
            let half = UInt32(littleEndian: rest.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self))
            sum = rotated(sum ^ UInt64(half) &* prime1, 23) &* prime2 &+ prime3
            at += 4
        }
        while at < rest.byteCount {
            let byte = rest.unsafeLoad(fromByteOffset: at, as: UInt8.self)
            sum = rotated(sum ^ UInt64(byte) &* prime5, 11) &* prime1
            at += 1
        }
        sum = (sum ^ sum >> 33) &* prime2
        sum = (sum ^ sum >> 29) &* prime3
        return sum ^ sum >> 32
    }

    @inline(__always) private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotated(lane &+ word &* prime2, 31) &* prime1
    }

    @inline(__always) private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
        word << count | word >> (64 - count)
    }

    @inline(__always) private static func word(_ bytes: RawSpan, _ at: Int) -> UInt64 {
        UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self))
    }
}
