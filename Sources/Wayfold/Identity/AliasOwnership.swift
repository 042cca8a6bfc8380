public import EventLog
public import Touchpoints

/// An alias of a customer: since when it is known, and whether it still is the customer's.
public struct AliasOwnership: Sendable {
    /// nil where it was erased.
    public let alias: Alias?
    /// The first record that calls the customer so, or gives the alias to it; nil for one that was only ever refused.
    public let first: Position?
    /// The decision that brought the alias together with others; nil where none did, or it has left them since.
    public let joined: Position?
    /// It has moved on to another customer; what came before has stayed here.
    public let isFormer: Bool
}

extension LogReader {
    /// The aliases of a customer at a position, in the order in which the log came to know them. O(decisions, and events of
    /// the customer).
    public func aliases(of customer: CustomerNumber, at position: Position) throws(LogError) -> [AliasOwnership] {
        let identity = identity(at: position)
        let strands = identity.strands(of: customer)
        var joined: [StrandNumber: Position] = [:]
        for decision in decisions(.start...position) {
            switch decision.act {
            case .join(let a, let b, _), .merge(let a, let b):
                for strand in [a, b] where joined[strand] == nil { joined[strand] = decision.position }
            case .split(let leaving): for strand in leaving { joined[strand] = nil }
            case .void: break
            }
        }
        var aliases: [AliasOwnership] = []
        for strand in strands {
            let events = try history(of: strand, through: position).map(\.position)
            aliases.append(
                AliasOwnership(
                    alias: try alias(of: strand), first: (events + [joined[strand]].compactMap { $0 }).min(),
                    joined: joined[strand], isFormer: identity.isFormer(strand)))
        }
        return aliases
    }
}
