public import EventLog
import Touchpoints

/// How many aliases are how many customers, and by what decisions.
public struct IdentityTally: Equatable, Sendable {
    /// An alias that moved counts once for each customer who had it.
    public var strands = 0
    public var customers = 0
    public var joined = 0
    public var moved = 0
    public var merged = 0
    public var split = 0
    /// Events that are taken out of the folds.
    public var voided = 0
}

extension LogReader {
    /// The figures at the head. O(decisions + aliases).
    public var identityTally: IdentityTally {
        var tally = IdentityTally()
        for decision in decisions(.start...head) {
            switch decision.act {
            case .join(_, _, let former): if former.isNone { tally.joined += 1 } else { tally.moved += 1 }
            case .merge: tally.merged += 1
            case .split: tally.split += 1
            case .void: break
            }
        }
        let identity = identity(at: head)
        tally.voided = voids(at: head).count
        tally.strands = strandCount
        tally.customers = (0..<strandCount).count { index in
            let strand = StrandNumber(rawValue: UInt32(index + 1))
            return identity.customer(of: strand).rawValue == strand.rawValue
        }
        return tally
    }
}
