import EventLog
import Touchpoints

/// What a view in recorded order remembers of the decisions up to its position, beside who is one customer now.
///
/// Memory: 4 bytes for each strand that ever joined another, and about 50 for each void.
struct DecisionMemory {
    /// Who would be one customer if nobody had ever been parted: what strands can have had to do with each other.
    private var connected = Identity()
    /// Which record took which event out; the first that did.
    private var voids: [Position: Position] = [:]

    init() {}

    /// O(decisions).
    init(_ decisions: some Sequence<Decision>) {
        for decision in decisions { _ = note(decision) }
    }

    /// Takes a decision over; false where it changes nothing, since the event is void already.
    mutating func note(_ decision: Decision) -> Bool {
        switch decision.act {
        case .join, .merge: connected.apply(decision)
        case .split: break
        case .void(let target):
            guard voids[target] == nil else { return false }
            voids[target] = decision.position
        }
        return true
    }

    /// All strands that were ever connected with this one, directly or through others; ascending.
    func component(of strand: StrandNumber) -> [StrandNumber] { connected.strands(of: connected.customer(of: strand)) }

    /// The record that took the event at that position out of the folds; nil if none did.
    func void(of target: Position) -> Position? { voids[target] }
}
