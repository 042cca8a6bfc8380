/// SipHash-2-4 with a result of 128 bits, for hashes that stand for what they were made of.
public struct SipHash128: Sendable {
    @usableFromInline var state: SipHashState

    /// The result. As bytes: `low`, then `high`, both little-endian.
    public struct Value: Hashable, Sendable, BitwiseCopyable {
        public var high: UInt64
        public var low: UInt64

        @inlinable public init(high: UInt64, low: UInt64) {
            self.high = high
            self.low = low
        }
    }

    @inlinable public init(key: SipHashKey) {
        state = SipHashState(key)
        state.v1 ^= 0xee
    }

    /// Takes the next bytes of the message; how it is cut in pieces makes no difference.
    @inlinable public mutating func update(_ bytes: RawSpan) { state.update(bytes) }

    /// Takes one byte.
    @inlinable public mutating func update(_ byte: UInt8) { state.update(byte) }

    /// Takes the next bytes of the message.
    @inlinable public mutating func update(_ bytes: [UInt8]) { state.update(bytes.span.bytes) }

    /// The hash of the bytes taken so far.
    @inlinable public func finish() -> Value {
        var state = state
        state.close()
        state.v2 ^= 0xee
        let low = state.finalized()
        state.v1 ^= 0xdd
        return Value(high: state.finalized(), low: low)
    }

    /// The hash of one message. About 0.6 ns a byte and 15 ns.
    @inlinable public static func hash(_ bytes: RawSpan, key: SipHashKey) -> Value {
        var hasher = SipHash128(key: key)
        hasher.update(bytes)
        return hasher.finish()
    }

    /// The hash of one message.
    @inlinable public static func hash(_ bytes: [UInt8], key: SipHashKey) -> Value { hash(bytes.span.bytes, key: key) }

    /// The hash of one message.
    @inlinable public static func hash(_ bytes: Span<UInt8>, key: SipHashKey) -> Value { hash(bytes.bytes, key: key) }
}
