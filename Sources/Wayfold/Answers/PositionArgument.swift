public import Projections
public import Touchpoints

/// A position of the log as people give it: its number, or the time by which it was reached.
public enum PositionArgument: Hashable, Sendable {
    case position(Position)
    case time(TimeArgument)

    /// Reads an argument; throws what is wrong with it.
    public init(_ text: String) throws(QueryError) {
        if let number = UInt64(text) {
            self = .position(Position(number))
            return
        }
        do throws(QueryError) { self = .time(try TimeArgument(text)) } catch {
            throw QueryError("\(error), or a position like 120034")
        }
    }
}
