/// The 128-bit secret of a keyed hash.
public struct SipHashKey: Sendable {
    @usableFromInline let first: UInt64
    @usableFromInline let second: UInt64

    /// The key with these 16 bytes; nil when there are more or fewer.
    public init?(bytes: RawSpan) {
        guard bytes.byteCount == 16 else { return nil }
        first = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self))
        second = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    /// The key with these 16 bytes; nil when there are more or fewer.
    public init?(bytes: [UInt8]) { self.init(bytes: bytes.span.bytes) }
}
