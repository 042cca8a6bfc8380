import Digests
import Touchpoints

/// The keyed hash that stands for an alias in the derived index `aliases`.
struct AliasHasher: Sendable {
    private let key: SipHashKey

    /// - Parameter secret: the folder's 32 bytes; the second half of them is the key.
    init(secret: [UInt8]) { key = SipHashKey(bytes: secret.span.bytes.extracting(16..<32))! }

    /// 128 bits over kind, 0 and value.
    func hash(kind: RawSpan, value: RawSpan) -> Hash128 {
        var hasher = SipHash128(key: key)
        hasher.update(kind)
        hasher.update(0)
        hasher.update(value)
        let hash = hasher.finish()
        return Hash128(high: hash.high, low: hash.low)
    }

    func hash(_ alias: Alias) -> Hash128 {
        hash(kind: alias.kind.utf8.span.bytes, value: alias.value.utf8.span.bytes)
    }
}
