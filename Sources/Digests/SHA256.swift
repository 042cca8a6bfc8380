import CCrypto

/// SHA-256 (FIPS 180-4), computed by libcrypto.
///
/// Keep one and use it again: after `finish` it is ready for the next message.
///
/// ```swift
/// var hasher = SHA256()
/// hasher.update(header)
/// hasher.update(body)
/// let digest = hasher.finish()
/// ```
public struct SHA256: ~Copyable {
    private var context = SHA256_CTX()

    public init() { SHA256_Init(&context) }

    /// Takes the next bytes of the message. About 0.6 ns a byte where the processor has instructions for it; 0.16 us in
    /// all for a message of 110 bytes.
    public mutating func update(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { _ = SHA256_Update(&context, $0.baseAddress, $0.count) }
    }

    /// Takes the next bytes of the message.
    public mutating func update(_ bytes: [UInt8]) { update(bytes.span.bytes) }

    /// Takes one byte, such as the prefix of a node in a tree of hashes.
    public mutating func update(_ byte: UInt8) {
        withUnsafeBytes(of: byte) { _ = SHA256_Update(&context, $0.baseAddress, 1) }
    }

    /// The digest of the bytes taken since the last one.
    public mutating func finish() -> Digest256 {
        var words: InlineArray<4, UInt64> = [0, 0, 0, 0]
        withUnsafeMutableBytes(of: &words) {
            _ = SHA256_Final($0.baseAddress?.assumingMemoryBound(to: UInt8.self), &context)
        }
        SHA256_Init(&context)
        return Digest256(words: words)
    }

    /// The digest of one message.
    public static func digest(of bytes: RawSpan) -> Digest256 {
        var hasher = SHA256()
        hasher.update(bytes)
        return hasher.finish()
    }

    /// The digest of one message.
    public static func digest(of bytes: [UInt8]) -> Digest256 { digest(of: bytes.span.bytes) }
}
