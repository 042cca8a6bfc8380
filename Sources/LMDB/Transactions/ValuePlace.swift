/// Where a value lies in the map, so that it can be read again without a search.
///
/// It stands as long as the snapshot that the value was read in; whoever keeps it sees to that.
public struct ValuePlace: BitwiseCopyable, @unchecked Sendable {
    @usableFromInline let start: UnsafeRawPointer
    @usableFromInline let byteCount: Int

    /// The place of a value that a transaction gave, or a part of one; it is not empty.
    @inlinable public init(of value: borrowing RawSpan) {
        let bytes = value.withUnsafeBytes { $0 }
        start = bytes.baseAddress!
        byteCount = bytes.count
    }

    /// The value. The compiler does not see how long it is valid: give it the lifetime of what holds the snapshot.
    @inlinable public var unsafeValue: RawSpan {
        @_lifetime(immortal) get {
            _overrideLifetime(RawSpan(_unsafeStart: start, byteCount: byteCount), borrowing: ())
        }
    }
}
