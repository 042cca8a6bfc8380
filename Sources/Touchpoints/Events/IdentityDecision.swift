/// What the log's writer decided when an event asked that customers be joined or parted; two bytes of its header.
///
/// Decided once, under the policy in force then; nothing decides it again (rules 15 and 18 to 20).
public enum IdentityDecision: UInt16, Sendable, CaseIterable {
    /// The event asks for nothing.
    case none = 0
    /// The customers of `strand` and `otherStrand` are one from here on.
    case joined = 1
    /// A shared alias changed hands: its new strand joined; what came before stays with the former owner.
    case moved = 2
    /// Somebody said that both are one: as `joined`, and what a split kept apart may join again.
    case merged = 3
    /// The strands of the attribute `strands` left their customer together.
    case split = 4
    /// Nothing to do: they are one customer already.
    case alreadyOne = 5
    /// Nothing to do: no alias that was to leave is one of the customer's, or all of them are.
    case notTogether = 6
    /// Not joined: the customer would hold too many aliases of a kind.
    case overLimit = 7
    /// Not joined: a split keeps them apart.
    case keptApart = 8
    /// Not joined: the policy says that this value is nobody's.
    case blocked = 9
}

extension IdentityDecision {
    /// The decision in one word, as rows show it.
    public var name: String {
        switch self {
        case .none: "none"
        case .joined: "joined"
        case .moved: "moved"
        case .merged: "merged"
        case .split: "split"
        case .alreadyOne: "already-one"
        case .notTogether: "not-together"
        case .overLimit: "over-limit"
        case .keptApart: "kept-apart"
        case .blocked: "blocked"
        }
    }
}

/// What the log's writer decided.
extension EventView {
    @inlinable public var decision: IdentityDecision {
        IdentityDecision(rawValue: load(EventHeader.Offset.decision, as: UInt16.self)) ?? .none
    }
    /// The strand of the other alias that a decision is about; none in a split.
    @inlinable public var otherStrand: StrandNumber {
        load(EventHeader.Offset.otherStrand, as: StrandNumber.self)
    }
    /// The strand that the alias had until it moved; none but under the decision `moved`.
    @inlinable public var formerStrand: StrandNumber {
        decision == .moved
            ? StrandNumber(rawValue: UInt32(truncatingIfNeeded: load(EventHeader.Offset.amount, as: Int64.self)))
            : .none
    }
    /// The strands that left with the decision `split`, ascending. O(clear part).
    public var leavingStrands: [StrandNumber] {
        guard decision == .split else { return [] }
        return ClearPart(bytes: clearBytes).strands
    }
    /// The event that `event.voided` takes out of the folds; nil for any other type.
    @inlinable public var voidedPosition: Position? {
        type == .eventVoided ? Position(UInt64(bitPattern: load(EventHeader.Offset.amount, as: Int64.self))) : nil
    }
}
