public import Touchpoints

/// What a part needs to take a step once more: the event, and the projector that folded it.
extension ViewReader {
    /// Calls `body` with one event of the log, which must be at or before ``position``. O(log blocks).
    public func withEvent<R>(at position: Position, _ body: (borrowing EventView) throws -> R) throws -> R {
        let log = fold.log
        return try body(log.event(at: position))
    }

    /// The projector that folded the event at that position: in recorded order the one of the policy in force there.
    public func projector(at position: Position) -> P { fold.schedule.projector(at: position) }
}
