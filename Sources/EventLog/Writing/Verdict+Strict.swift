import Touchpoints

/// A batch that is stored whole or not at all.
extension [Verdict] {
    /// What becomes of the events where one of them hinders the rest: nothing is stored; nil where none does.
    ///
    /// - Parameter head: where the log ends without the batch; what would have come behind it is not there.
    func withheld(behind head: Position) -> [Verdict]? {
        contains(where: \.hinders) ? map { $0.withheld(behind: head) } : nil
    }
}

extension Verdict {
    /// Whether a batch that must be stored whole cannot be, for this event.
    public var hinders: Bool {
        switch self {
        case .conflict, .refused, .outdated: true
        case .stored, .duplicate, .withheld: false
        }
    }

    fileprivate func withheld(behind head: Position) -> Verdict {
        switch self {
        case .stored: .withheld
        case .duplicate(let position) where position > head: .withheld
        case .conflict(let position, _) where position > head:
            .refused(Refusal(field: "id", reason: "stands in the batch already, with other content"))
        default: self
        }
    }
}
