public import Policies
import Touchpoints

/// What customers are called.
extension LogReader {
    /// The alias that names a customer: that of the highest kind among those that its strands own, then the one with
    /// the smallest bytes. One that has moved on to another customer names this one only where nothing else does.
    ///
    /// nil where all were erased. O(strands x log² blocks).
    ///
    /// - Parameters:
    ///   - identity: the one of the position for which the customer is asked.
    ///   - ranks: the policy in force for the answer.
    public func alias(
        of customer: CustomerNumber, in identity: Identity, ranks: IdentityPolicy
    ) throws(LogError) -> Alias? {
        let first = StrandNumber(rawValue: customer.rawValue)
        if identity.isAlone(first) { return try alias(of: first) }
        let strands = identity.strands(of: customer)
        if strands.count < 2 { return try alias(of: first) }
        var best: (place: (isFormer: Int, rank: Int), alias: Alias)?
        for strand in strands {
            guard let alias = try alias(of: strand) else { continue }
            let place = (identity.isFormer(strand) ? 1 : 0, ranks.rank(of: alias.kind))
            if let best, (best.place, best.alias.bytes) <= (place, alias.bytes) { continue }
            best = (place, alias)
        }
        return best?.alias
    }
}

extension Alias {
    fileprivate var bytes: [UInt8] { Array(description.utf8) }
}

private func <= (a: ((Int, Int), [UInt8]), b: ((Int, Int), [UInt8])) -> Bool {
    a.0 == b.0 ? !b.1.lexicographicallyPrecedes(a.1) : a.0 < b.0
}
