/// A hash value of 32 bytes.
public struct Digest256: Hashable, Sendable, BitwiseCopyable {
    // Four words in the order of the bytes, each as it lies in memory: compared and copied without a loop.
    @usableFromInline var words: InlineArray<4, UInt64>

    public static let byteCount = 32

    /// All bytes zero.
    public static let zero = Digest256(words: [0, 0, 0, 0])

    @usableFromInline init(words: InlineArray<4, UInt64>) { self.words = words }

    /// The digest with these 32 bytes; nil when there are more or fewer.
    @inlinable public init?(bytes: RawSpan) {
        guard bytes.byteCount == Self.byteCount else { return nil }
        words = [
            bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self),
            bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self),
            bytes.unsafeLoadUnaligned(fromByteOffset: 16, as: UInt64.self),
            bytes.unsafeLoadUnaligned(fromByteOffset: 24, as: UInt64.self),
        ]
    }

    /// The 32 bytes, copied.
    public var bytes: [UInt8] { span.withUnsafeBytes { Array($0) } }

    /// The 32 bytes where they lie.
    @inlinable public var span: RawSpan {
        @_lifetime(borrow self)
        get { words.span.bytes }
    }

    @inlinable public static func == (a: Digest256, b: Digest256) -> Bool {
        a.words[0] == b.words[0] && a.words[1] == b.words[1] && a.words[2] == b.words[2] && a.words[3] == b.words[3]
    }

    @inlinable public func hash(into hasher: inout Hasher) {
        hasher.combine(words[0])
        hasher.combine(words[1])
        hasher.combine(words[2])
        hasher.combine(words[3])
    }
}

extension Digest256: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.text(of: bytes) }

    /// The digest of 64 hexadecimal digits; nil for anything else.
    public init?(_ text: String) {
        guard let bytes = Hexadecimal.bytes(of: text) else { return nil }
        self.init(bytes: bytes.span.bytes)
    }
}
