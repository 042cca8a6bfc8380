import Digests
import Touchpoints

/// The keyed hashes of a data folder: equality of two of them is equality of what they were made of.
///
/// They are kept in the log, so the prefixes below can never change.
public struct HashKeys: Sendable {
    private let key: SipHashKey

    /// - Parameter secret: the folder's secret, 16 random bytes; nil for any other number of bytes.
    public init?(secret: [UInt8]) {
        guard let key = SipHashKey(bytes: secret) else { return nil }
        self.key = key
    }

    /// What a hash is of; its first byte, so that hashes of different things never meet.
    private enum Purpose: UInt8 {
        case identity = 1
        case content = 2
        case session = 3
        case order = 4
    }

    /// The identity of an event: source and id, each behind its length.
    public func identity(source: some Collection<UInt8>, id: some Collection<UInt8>) -> Hash128 {
        var message: [UInt8] = []
        return identity(source: ArraySlice(source), id: ArraySlice(id), &message)
    }

    /// The same, with memory for the message that is used again.
    func identity(source: ArraySlice<UInt8>, id: ArraySlice<UInt8>, _ message: inout [UInt8]) -> Hash128 {
        message.removeAll(keepingCapacity: true)
        message.append(Purpose.identity.rawValue)
        withLength(source, in: &message)
        withLength(id, in: &message)
        return hash128(message)
    }

    /// The content of an event; see ``EventContent``.
    func content(_ content: EventContent) -> Hash128 { hash128(content.bytes) }
    static var contentPrefix: UInt8 { Purpose.content.rawValue }

    /// A session within one customer; never 0.
    public func session(_ id: some Collection<UInt8>) -> UInt64 { hash64(.session, ArraySlice(id)) }

    /// An order within one customer; never 0.
    public func order(_ id: some Collection<UInt8>) -> UInt64 { hash64(.order, ArraySlice(id)) }

    private func hash64(_ purpose: Purpose, _ id: ArraySlice<UInt8>) -> UInt64 {
        var hasher = SipHash64(key: key)
        hasher.update(purpose.rawValue)
        hasher.update(id.span.bytes)
        return max(1, hasher.finish())
    }

    private func hash128(_ message: [UInt8]) -> Hash128 {
        let hash = SipHash128.hash(message, key: key)
        return Hash128(high: hash.high, low: hash.low)
    }
}

/// Appends bytes behind their number (4 bytes, little-endian).
@specialized(where Bytes == ArraySlice<UInt8>)
@specialized(where Bytes == [UInt8])
func withLength<Bytes: Collection<UInt8>>(_ bytes: Bytes, in message: inout [UInt8]) {
    message.append(littleEndian: UInt32(truncatingIfNeeded: bytes.count))
    message.append(contentsOf: bytes)
}
