import Touchpoints

/// What a log knows of the drafts of a batch, looked up together so that the misses of the cache overlap.
struct Recalled {
    /// By draft: where the event of its identity stands; 0 for one that is new.
    var positions: [UInt64]
    /// By draft: the hash of its subject's alias; zeros without a subject.
    var aliases: [Hash128]
    /// By draft: the newest strand of that alias; 0 when it has none.
    var strands: [UInt64]
    /// The strands that only runs know: worth remembering.
    var foundInRuns: [(alias: Hash128, strand: StrandNumber)]
}

extension CommittedLog {
    /// Looks the drafts of a batch up. O(drafts x runs).
    func recall(_ batch: borrowing DraftBatch) throws(LogError) -> Recalled {
        let drafts = batch.drafts.span
        let arena = batch.arena.span.bytes
        var identities: [Hash128] = []
        var aliases: [Hash128] = []
        identities.reserveCapacity(drafts.count)
        aliases.reserveCapacity(drafts.count)
        for index in drafts.indices {
            identities.append(drafts[index].identity)
            let (kind, value) = (drafts[index].aliasKind, drafts[index].aliasValue)
            aliases.append(
                kind.count + value.count == 0
                    ? Hash128(high: 0, low: 0)
                    : hasher.hash(kind: arena.extracting(kind.range), value: arena.extracting(value.range)))
        }
        let positions = try positions(of: identities)
        let (strands, foundInRuns) = try newestStrands(of: aliases)
        return Recalled(positions: positions, aliases: aliases, strands: strands, foundInRuns: foundInRuns)
    }

    private func positions(of identities: [Hash128]) throws(LogError) -> [UInt64] {
        var positions = [UInt64](repeating: 0, count: identities.count)
        for tail in state.tails { tail.identities.lookUp(identities, into: &positions) }
        _ = try runs?.lookUp(identities, in: .identities, into: &positions)
        return positions
    }

    private func newestStrands(
        of aliases: [Hash128]
    ) throws(LogError) -> ([UInt64], foundInRuns: [(alias: Hash128, strand: StrandNumber)]) {
        var strands = [UInt64](repeating: 0, count: aliases.count)
        state.lookUp(aliases, into: &strands)
        let found = try runs?.lookUp(aliases, in: .aliases, into: &strands) ?? []
        return (strands, found.map { (aliases[$0], StrandNumber(rawValue: UInt32(strands[$0]))) })
    }
}
