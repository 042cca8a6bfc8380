public import Touchpoints

/// What a part needs to say more of a step: its event.
extension ViewReader {
    /// Calls `body` with one event of the log, which must be at or before ``position``. O(log blocks).
    public func withEvent<R>(at position: Position, _ body: (borrowing EventView) throws -> R) throws -> R {
        let log = fold.log
        return try body(log.event(at: position))
    }
}
