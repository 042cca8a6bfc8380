import Touchpoints

/// Holds decisions against those before them: what they name must be there, and be so.
struct VerifiedDecisions {
    private var judge = IdentityJudge()

    /// What is wrong with the event's decision, which is then taken over; nil for one that holds.
    ///
    /// - Parameter strandsAfter: how many strands there are with the event's block.
    mutating func verify(
        _ event: borrowing EventView, strandsAfter: UInt32, in blocks: LogSnapshot
    ) throws(LogError) -> String? {
        let fault = try fault(event, strandsAfter, blocks)
        if fault == nil, let decision = Decision(event) { judge.apply(decision) }
        return fault
    }

    private func fault(
        _ event: borrowing EventView, _ strandsAfter: UInt32, _ blocks: LogSnapshot
    ) throws(LogError) -> String? {
        if let voided = event.voidedPosition {
            return voided > .start && voided < event.position ? nil : "it voids position \(voided), not one before it"
        }
        let (a, b) = (event.strand, event.otherStrand)
        let identity = judge.identity
        switch event.decision {
        case .joined, .moved, .merged:
            if a.isNone || b.isNone { return "it joins a customer to none" }
            if identity.customer(of: a) == identity.customer(of: b) { return "it joins what is one customer already" }
            return event.decision == .moved ? try faultOfMove(event, blocks) : nil
        case .split:
            let leaving = event.leavingStrands
            guard let last = leaving.last, zip(leaving, leaving.dropFirst()).allSatisfy({ $0 < $1 }) else {
                return "the strands that leave are none, or in no order"
            }
            if last.rawValue > strandsAfter { return "strand \(last.rawValue) leaves, which there is not" }
            let customer = identity.customer(of: a)
            if leaving.contains(where: { identity.customer(of: $0) != customer }) {
                return "strands of another customer leave"
            }
            return identity.strands(of: customer).count == leaving.count ? "all strands of the customer leave" : nil
        case .alreadyOne:
            return identity.customer(of: a) == identity.customer(of: b) ? nil : "it calls two customers one"
        case .none, .notTogether, .overLimit, .keptApart, .blocked: return nil
        }
    }

    private func faultOfMove(_ event: borrowing EventView, _ blocks: LogSnapshot) throws(LogError) -> String? {
        // The new strand is the last of the three.
        let (moved, former) = (max(event.strand, event.otherStrand), event.formerStrand)
        if former.isNone || former >= moved { return "the alias that moves has no strand before" }
        if judge.identity.isFormer(former) { return "strand \(former.rawValue) has moved before" }
        let before = try alias(of: former, blocks, around: event.position)
        let after = try alias(of: moved, blocks, around: event.position)
        // An erased alias is like any other.
        if before.value.isEmpty || after.value.isEmpty || before == after { return nil }
        return "strand \(moved.rawValue) is another alias than strand \(former.rawValue)"
    }

    private func alias(
        of strand: StrandNumber, _ blocks: LogSnapshot, around position: Position
    ) throws(LogError) -> (kind: KindNumber, value: String) {
        let first = try blocks.blockOfStrand(strand, head: blocks.block(at: position).last)
        return try blocks.alias(of: strand, inBlockFrom: first)
    }
}
