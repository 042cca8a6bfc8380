public import Touchpoints

extension LogReader {
    /// The events that no longer count at a position, each with the record that took it out first. O(decisions up to
    /// there).
    public func voids(at position: Position) -> [Position: Position] {
        var voids: [Position: Position] = [:]
        for decision in decisions(.start...position) {
            if case .void(let event) = decision.act, voids[event] == nil { voids[event] = decision.position }
        }
        return voids
    }
}
