/// The four words of SipHash-2-4 and the bytes of the message that do not fill a word yet.
///
/// Aumasson, Bernstein: SipHash, a fast short-input PRF (2012), section 2.
@usableFromInline
struct SipHashState: Sendable {
    @usableFromInline var v0, v1, v2, v3: UInt64
    /// The last 0 to 7 bytes, the first of them lowest.
    @usableFromInline var tail: UInt64 = 0
    @usableFromInline var byteCount = 0

    @inlinable init(_ key: SipHashKey) {
        v0 = key.first ^ 0x736f_6d65_7073_6575
        v1 = key.second ^ 0x646f_7261_6e64_6f6d
        v2 = key.first ^ 0x6c79_6765_6e65_7261
        v3 = key.second ^ 0x7465_6462_7974_6573
    }

    @inlinable mutating func update(_ bytes: RawSpan) {
        let count = bytes.byteCount
        // Each word of the bytes ends the one that is begun and begins the next one.
        let held = UInt64(truncatingIfNeeded: 8 &* (byteCount & 7))
        byteCount &+= count
        var offset = 0
        while count &- offset >= 8 {
            let word = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
            compress(tail | word &<< held)
            tail = held == 0 ? 0 : word &>> (64 &- held)
            offset &+= 8
        }
        let rest = UInt64(truncatingIfNeeded: 8 &* (count &- offset))
        if rest == 0 { return }
        let word = Self.lastBytes(bytes, from: offset)
        tail |= word &<< held
        if held &+ rest >= 64 {
            compress(tail)
            tail = held == 0 ? 0 : word &>> (64 &- held)
        }
    }

    /// One to seven bytes up to the end, the first of them lowest.
    @inlinable @inline(__always) static func lastBytes(_ bytes: RawSpan, from offset: Int) -> UInt64 {
        let count = bytes.byteCount
        if count >= 8 {
            let word = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
            return word &>> UInt64(truncatingIfNeeded: 8 &* (8 &- (count &- offset)))
        }
        var word: UInt64 = 0
        var at = count
        while at > offset {
            at &-= 1
            word = word &<< 8 | UInt64(bytes.unsafeLoad(fromByteOffset: at, as: UInt8.self))
        }
        return word
    }

    @inlinable mutating func update(word: UInt64) {
        precondition(byteCount & 7 == 0, "behind whole words only")
        compress(word)
        byteCount &+= 8
    }

    @inlinable mutating func update(_ byte: UInt8) {
        tail |= UInt64(byte) << UInt64(8 * (byteCount & 7))
        byteCount &+= 1
        if byteCount & 7 == 0 {
            compress(tail)
            tail = 0
        }
    }

    /// Takes the last word: the rest of the bytes and their number modulo 256.
    @inlinable mutating func close() { compress(tail | UInt64(truncatingIfNeeded: byteCount) << 56) }

    /// Four rounds, and the words folded into one.
    @inlinable mutating func finalized() -> UInt64 {
        round()
        round()
        round()
        round()
        return v0 ^ v1 ^ v2 ^ v3
    }

    @inlinable @inline(__always) mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    @inlinable @inline(__always) mutating func round() {
        v0 &+= v1
        v1 = (v1 << 13 | v1 >> 51) ^ v0
        v0 = v0 << 32 | v0 >> 32
        v2 &+= v3
        v3 = (v3 << 16 | v3 >> 48) ^ v2
        v0 &+= v3
        v3 = (v3 << 21 | v3 >> 43) ^ v0
        v2 &+= v1
        v1 = (v1 << 17 | v1 >> 47) ^ v2
        v2 = v2 << 32 | v2 >> 32
    }
}
