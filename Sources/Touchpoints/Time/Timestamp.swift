/// An instant in UTC, in whole microseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public var rawValue: Int64

    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }
    @inlinable public init(microseconds: Int64) { self.rawValue = microseconds }

    /// 1970-01-01T00:00:00Z.
    public static let epoch = Timestamp(rawValue: 0)
    /// Before and after every instant that an event can have.
    public static let distantPast = Timestamp(rawValue: .min)
    public static let distantFuture = Timestamp(rawValue: .max)

    @inlinable public static func < (a: Timestamp, b: Timestamp) -> Bool { a.rawValue < b.rawValue }
    /// The elapsed time from `b` to `a`.
    @inlinable public static func - (a: Timestamp, b: Timestamp) -> Elapsed {
        Elapsed(microseconds: a.rawValue - b.rawValue)
    }
    @inlinable public static func + (a: Timestamp, b: Elapsed) -> Timestamp {
        Timestamp(rawValue: a.rawValue + b.microseconds)
    }
    @inlinable public static func - (a: Timestamp, b: Elapsed) -> Timestamp {
        Timestamp(rawValue: a.rawValue - b.microseconds)
    }
}

/// A length of time in whole microseconds; hours and less are elapsed time, days are civil (see `ZoneTable`).
public struct Elapsed: Hashable, Comparable, Sendable, BitwiseCopyable {
    public var microseconds: Int64

    @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }
    @inlinable public static func seconds(_ n: Int64) -> Elapsed { Elapsed(microseconds: n * 1_000_000) }
    @inlinable public static func minutes(_ n: Int64) -> Elapsed { .seconds(n * 60) }
    @inlinable public static func hours(_ n: Int64) -> Elapsed { .seconds(n * 3_600) }

    @inlinable public static func < (a: Elapsed, b: Elapsed) -> Bool { a.microseconds < b.microseconds }
}
