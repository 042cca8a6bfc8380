import CCrypto

/// SHA-256 (FIPS 180-4), computed by libcrypto.
///
/// After `finish` it is ready for the next message. It takes no memory of its own.
///
/// ```swift
/// var hasher = SHA256()
/// hasher.update(header)
/// hasher.update(body)
/// let digest = hasher.finish()
/// ```
public struct SHA256: ~Copyable {
    private var context = SHA256_CTX()

    public init() { begin() }

    /// Takes the next bytes of the message. About 0.8 ns a byte where the processor has instructions for it.
    public mutating func update(_ bytes: RawSpan) {
        let code = bytes.withUnsafeBytes { SHA256_Update(&context, $0.baseAddress, $0.count) }
        precondition(code == 1, "libcrypto failed")
    }

    /// Takes the next bytes of the message.
    public mutating func update(_ bytes: [UInt8]) { update(bytes.span.bytes) }

    /// Takes one byte, such as the prefix of a node in a tree of hashes.
    public mutating func update(_ byte: UInt8) {
        let code = withUnsafeBytes(of: byte) { SHA256_Update(&context, $0.baseAddress, 1) }
        precondition(code == 1, "libcrypto failed")
    }

    /// The digest of the bytes taken since the last one.
    public mutating func finish() -> Digest256 {
        var words: InlineArray<4, UInt64> = [0, 0, 0, 0]
        let code = withUnsafeMutableBytes(of: &words) {
            SHA256_Final($0.baseAddress?.assumingMemoryBound(to: UInt8.self), &context)
        }
        precondition(code == 1, "libcrypto failed")
        begin()
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

    private mutating func begin() { precondition(SHA256_Init(&context) == 1, "libcrypto failed") }
}
