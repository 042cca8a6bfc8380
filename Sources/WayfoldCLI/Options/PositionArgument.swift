import ArgumentParser
import Projections
import Touchpoints

/// A position of the log as people give it: its number, or the time by which it was reached.
enum PositionArgument: Hashable {
    case position(Position)
    case time(TimeArgument)

    /// Reads an argument; throws what is wrong with it.
    init(_ text: String) throws {
        if let number = UInt64(text) {
            self = .position(Position(number))
            return
        }
        do { self = .time(try TimeArgument(text)) } catch {
            throw ValidationError("\(error), or a position like 120034")
        }
    }
}
