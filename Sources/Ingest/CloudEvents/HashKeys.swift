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
        var message: [UInt8] = [Purpose.identity.rawValue]
        message.reserveCapacity(9 + source.count + id.count)
        withLength(source, in: &message)
        withLength(id, in: &message)
        return hash128(message)
    }

    /// The content of an event; see ``EventContent``.
    func content(_ content: EventContent) -> Hash128 { hash128(content.bytes) }
    static var contentPrefix: UInt8 { Purpose.content.rawValue }

    /// A session within one customer; never 0.
    public func session(_ id: some Collection<UInt8>) -> UInt64 { hash64(.session, id) }

    /// An order within one customer; never 0.
    public func order(_ id: some Collection<UInt8>) -> UInt64 { hash64(.order, id) }

    private func hash64(_ purpose: Purpose, _ id: some Collection<UInt8>) -> UInt64 {
        max(1, SipHash64.hash([purpose.rawValue] + Array(id), key: key))
    }

    private func hash128(_ message: [UInt8]) -> Hash128 {
        let hash = SipHash128.hash(message, key: key)
        return Hash128(high: hash.high, low: hash.low)
    }
}

/// Appends bytes behind their number (4 bytes, little-endian).
func withLength(_ bytes: some Collection<UInt8>, in message: inout [UInt8]) {
    let count = UInt32(truncatingIfNeeded: bytes.count)
    for shift in stride(from: UInt32(0), to: 32, by: 8) { message.append(UInt8(truncatingIfNeeded: count >> shift)) }
    message.append(contentsOf: bytes)
}
