/// An event's place in the log: 1, 2, 3 ... without gaps. Zero stands before the first event.
public struct Position: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable {
    public var rawValue: UInt64

    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Before the first event of a log.
    public static let start = Position(0)

    @inlinable public static func < (a: Position, b: Position) -> Bool { a.rawValue < b.rawValue }
    /// The position of the next event.
    @inlinable public var next: Position { Position(rawValue + 1) }
    /// The position of the event before; of ``start`` there is none, and asking traps.
    @inlinable public var previous: Position { Position(rawValue - 1) }
}

extension Position: CustomStringConvertible {
    public var description: String { String(rawValue) }
}
