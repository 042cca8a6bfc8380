import Digests
import Touchpoints

/// The keyed hashes of a data folder: equality of two of them is equality of what they were made of.
///
/// They are kept in the log, so the prefixes below can never change.
public struct HashKeys: Sendable {
    private let key: SipHashKey
    private let contentKey: LongHash64

    /// - Parameter secret: the folder's secret, 16 random bytes; nil for any other number of bytes.
    public init?(secret: [UInt8]) {
        guard let key = SipHashKey(bytes: secret) else { return nil }
        self.key = key
        contentKey = LongHash64(key: key)
    }

    /// What a hash is of; its first byte, so that hashes of different things never meet.
    private enum Purpose: UInt8 {
        case identity = 1
        case content = 2
        case session = 3
        case order = 4
        case device = 5
    }

    /// The identity of an event: source and id, each behind its length.
    public func identity(source: some Collection<UInt8>, id: some Collection<UInt8>) -> Hash128 {
        var texts = ByteBuffer()
        texts.append(source)
        texts.append(id)
        var message = ByteBuffer()
        return identity(of: texts, source: 0..<source.count, id: source.count..<texts.count, &message)
    }

    /// The same of pieces of a buffer, with memory for the message that is used again.
    func identity(
        of texts: borrowing ByteBuffer, source: Range<Int>, id: Range<Int>, _ message: inout ByteBuffer
    ) -> Hash128 {
        message.removeAll()
        message.append(Purpose.identity.rawValue)
        message.append(littleEndian: UInt32(truncatingIfNeeded: source.count))
        message.append(texts, source)
        message.append(littleEndian: UInt32(truncatingIfNeeded: id.count))
        message.append(texts, id)
        return hash128(message.span)
    }

    /// The content of an event; see ``EventContent``.
    func content(_ content: borrowing EventContent) -> UInt64 { contentKey.hash(content.bytes.span.bytes) }
    static var contentPrefix: UInt8 { Purpose.content.rawValue }

    /// A session within one customer; never 0.
    public func session(_ id: some Collection<UInt8>) -> UInt64 { session(Array(id).span) }
    func session(_ id: Span<UInt8>) -> UInt64 { hash64(.session, id) }

    /// An order within one customer; never 0.
    public func order(_ id: some Collection<UInt8>) -> UInt64 { order(Array(id).span) }
    func order(_ id: Span<UInt8>) -> UInt64 { hash64(.order, id) }

    /// What an address and an agent are together, where nothing else tells one visitor from another.
    func device(address: [UInt8], agent: [UInt8]) -> Hash128 {
        var message = ByteBuffer()
        message.append(Purpose.device.rawValue)
        message.append(littleEndian: UInt32(truncatingIfNeeded: address.count))
        message.append(address)
        message.append(agent)
        return hash128(message.span)
    }

    private func hash64(_ purpose: Purpose, _ id: Span<UInt8>) -> UInt64 {
        var hasher = SipHash64(key: key)
        hasher.update(purpose.rawValue)
        hasher.update(id.bytes)
        return max(1, hasher.finish())
    }

    private func hash128(_ message: Span<UInt8>) -> Hash128 {
        let hash = SipHash128.hash(message, key: key)
        return Hash128(high: hash.high, low: hash.low)
    }
}
