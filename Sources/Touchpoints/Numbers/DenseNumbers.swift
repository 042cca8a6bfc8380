/// A number that the log gave to a text when it first saw it, so that arrays can be indexed by it.
///
/// Zero always means "none". Numbers are dense, are given in the order of the log, and never change.
public protocol DenseNumber: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable
where RawValue: FixedWidthInteger & UnsignedInteger & Sendable {
    init(rawValue: RawValue)
}

extension DenseNumber {
    /// The number that stands for "none".
    @inlinable public static var none: Self { Self(rawValue: 0) }
    @inlinable public var isNone: Bool { rawValue == 0 }
    @inlinable public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// A strand: an alias during one ownership. None: the event had no subject.
public struct StrandNumber: DenseNumber {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A customer: a set of strands, numbered by its smallest strand.
public struct CustomerNumber: DenseNumber {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A channel (`web`, `store`, `call` ...), from the extension attribute `channel`.
public struct ChannelNumber: DenseNumber {
    public var rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}

/// A source, the CloudEvents attribute `source`.
public struct SourceNumber: DenseNumber {
    public var rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}

/// A kind of alias (`member`, `email`, `cookie` ...).
public struct KindNumber: DenseNumber {
    public var rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}

/// Who posted the event: a key id, a token's subject or a system user.
public struct ActorNumber: DenseNumber {
    public var rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}
