public import Touchpoints

/// A record that changes how other records are folded: who is one customer, or that an event no longer counts.
public struct Decision: Hashable, Sendable {
    /// What it changes, from its position on.
    public enum Act: Hashable, Sendable {
        /// The customers of two strands are one. `former`: the strand that a shared alias had before it moved, else none.
        case join(StrandNumber, StrandNumber, former: StrandNumber)
        /// The same, said by somebody: lifts what splits keep apart.
        case merge(StrandNumber, StrandNumber)
        /// These strands of one customer leave it together; ascending.
        case split([StrandNumber])
        /// The event at that position is out of the folds.
        case void(Position)
    }

    public let position: Position
    public let act: Act

    public init(position: Position, act: Act) {
        self.position = position
        self.act = act
    }

    /// What an event changes; nil for the many that change nothing. O(1), but for a split.
    public init?(_ event: borrowing EventView) {
        position = event.position
        if let voided = event.voidedPosition {
            act = .void(voided)
            return
        }
        switch event.decision {
        case .joined, .moved: act = .join(event.strand, event.otherStrand, former: event.formerStrand)
        case .merged: act = .merge(event.strand, event.otherStrand)
        case .split: act = .split(event.leavingStrands)
        default: return nil
        }
    }
}
