/// A key as the bytes that LMDB orders it by: compared as unsigned bytes, 1 to 511 of them.
public protocol TableKey: ~Copyable, ~Escapable {
    /// Gives `body` the bytes of the key.
    func withKeyBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R
}

/// Numbers are stored big-endian, so that the order of the bytes is the order of the numbers.
extension UInt64: TableKey {
    @inlinable public func withKeyBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        withUnsafeBytes(of: bigEndian, body)
    }

    /// Reads a key of eight bytes back; nil when it has another length.
    @inlinable public init?(keyBytes: RawSpan) {
        guard keyBytes.byteCount == 8 else { return nil }
        self.init(bigEndian: keyBytes.unsafeLoadUnaligned(as: UInt64.self))
    }
}

extension UInt32: TableKey {
    @inlinable public func withKeyBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        withUnsafeBytes(of: bigEndian, body)
    }

    /// Reads a key of four bytes back; nil when it has another length.
    @inlinable public init?(keyBytes: RawSpan) {
        guard keyBytes.byteCount == 4 else { return nil }
        self.init(bigEndian: keyBytes.unsafeLoadUnaligned(as: UInt32.self))
    }
}

extension [UInt8]: TableKey {
    @inlinable public func withKeyBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        withUnsafeBytes(body)
    }
}

extension RawSpan: TableKey {
    @inlinable public func withKeyBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        withUnsafeBytes(body)
    }
}
