import EventLog
import Touchpoints

/// How a customer's list of events changes in a batch.
struct ListEdit {
    /// The customer's events up to here are in the state and in the totals.
    var foldedThrough: Position
    /// Single events that came or went, in no particular order.
    var keys: [FoldKey] = []
    /// Its strands before and now, where they are not the same.
    var strands: (before: [StrandNumber], now: [StrandNumber])?
    /// A step failed half-way: the state in the slot cannot be gone on from.
    var isBroken = false

    /// The same with more events.
    func with(_ more: [FoldKey]) -> Self {
        var edit = self
        edit.keys += more
        return edit
    }
}

/// Identity and voids.
extension ViewFold {
    /// Goes over to the identity and the voided events of a batch's end, and notes whose lists of events change by that.
    ///
    /// O(decisions in the batch, and the strands of the customers that they are about).
    func decide(_ range: ClosedRange<Position>) throws {
        let decisions = log.decisions(range)
        guard !decisions.isEmpty else { return }
        let last = range.lowerBound.previous
        let before = identity
        let regrouping = identity.apply(decisions)
        for customer in Set(regrouping.before.keys).union(regrouping.after.keys) {
            try edit(customer, behind: last) {
                $0.strands = (regrouping.before[customer] ?? [], regrouping.after[customer] ?? [])
            }
        }
        for decision in decisions {
            guard case .void(let position) = decision.act, voided.insert(position).inserted, position <= last else {
                continue
            }
            newlyVoided.insert(position)
            let log = log
            try takeOut(log.event(at: position), behind: last, before)
        }
    }

    private func takeOut(_ event: borrowing EventView, behind last: Position, _ identity: Identity) throws {
        let key = event.foldKey
        guard event.isFolded, cut == nil || key.time <= cut! else { return }
        if event.strand.isNone {
            moveUnowned(event, by: stepper.projector, .takeBack)
        } else {
            try edit(identity.customer(of: event.strand), behind: last) { $0.keys.append(key) }
        }
    }
}
