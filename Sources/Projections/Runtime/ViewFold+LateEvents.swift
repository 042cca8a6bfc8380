import EventLog
import Touchpoints

/// Folding again; occurred order only.
extension ViewFold {
    /// Folds a customer again whose list of events has changed, and brings the totals up to date.
    ///
    /// Cost: see ``FoldAgain``; once more the whole list where the customer is set aside by it, or no longer.
    func foldAgain(_ customer: CustomerNumber, _ edit: ListEdit, through position: Position) throws {
        let (page, index) = try table.page(of: customer)
        let old = page.slots[index]
        let strands = identity.strands(of: customer)
        let history = History(
            of: log, old: edit.strands?.before ?? strands, new: edit.strands?.now ?? strands,
            edits: edit.keys.inFoldOrder, bounds(foldedThrough: edit.foldedThrough, through: position))
        var again = FoldAgain(self, customer, old, isBroken: edit.isBroken, history)
        if var slot = try again.folded() {
            (slot.isTouched, slot.isLate) = (old.isTouched, old.isLate)
            page.slots[index] = slot
            if !P.forgets { try snapshots.thin(of: customer) }
            if let due = stepper.projector.nextWake(slot.state) { table.lowerEarliest(of: customer, to: due) }
        }
        let poisoned = Int(old.poisoned) + again.failureChange
        page.slots[index].poisoned = UInt32(poisoned)
        switch (old.isSetAside, poisoned > 0) {
        case (false, false): break
        case (false, true):
            try moveAll(of: customer, through: position, lastDue: page.slots[index].lastDue, .takeBack)
            note(again.failure.map { SetAside(customer: customer, position: $0.position, reason: $0.reason) }, customer)
        case (true, false):
            try moveAll(of: customer, through: position, lastDue: page.slots[index].lastDue, .add)
            note(nil, customer)
        case (true, true):
            // Where nothing before the first known failure has changed, it is still the first.
            guard again.hasFailures, let first = setAside[customer], let begin = again.begin,
                try isFailure(first, behind: begin)
            else { break }
            try findFailure(of: customer, through: position, lastDue: page.slots[index].lastDue)
        }
    }

    /// Whether a failure is one of an event behind a key, or of a wake-up after such an event.
    private func isFailure(_ entry: SetAside, behind key: FoldKey) throws -> Bool {
        guard entry.position > .start else { return true }
        let log = log
        return try log.event(at: entry.position).foldKey >= key
    }

    /// Adds or takes back all that a customer's list, as it is now, emits. O(events of the customer).
    func moveAll(of customer: CustomerNumber, through position: Position, lastDue: Timestamp, _ sign: Sign) throws {
        let history = try history(of: customer, through: position)
        _ = try CustomerRun(self, customer).fold(history, wakeUpsBy: lastDue) {
            cells.apply(&$0, sign)
        }
    }

    /// Names the first step that fails. O(events of the customer).
    private func findFailure(of customer: CustomerNumber, through position: Position, lastDue: Timestamp) throws {
        let history = try history(of: customer, through: position)
        let end = try CustomerRun(self, customer).fold(history, wakeUpsBy: lastDue) { $0.discard() }
        note(end.failure.map { SetAside(customer: customer, position: $0.position, reason: $0.reason) }, customer)
    }
}

/// A customer's events.
extension ViewFold {
    /// A customer's events in the view's order, up to a position.
    func keys(of customer: CustomerNumber, through last: Position) throws -> [FoldKey] {
        var keys: [FoldKey] = []
        let log = log
        for strand in identity.strands(of: customer) {
            for stored in try log.history(of: strand, through: last) {
                if stored.position < first || P.order == .occurred && voided.contains(stored.position) { continue }
                let event = try log.event(at: stored.position)
                let key = stepper.key(of: event)
                if event.isFolded, cut == nil || key.time <= cut! { keys.append(key) }
            }
        }
        return keys.inFoldOrder
    }

    /// The same as a list to be folded; in occurred order it is read piece by piece, with what no projector folds.
    func history(of customer: CustomerNumber, through last: Position) throws -> History {
        if P.order == .recorded { return History(try keys(of: customer, through: last), through: last) }
        let strands = identity.strands(of: customer)
        return History(of: log, old: [], new: strands, bounds(foldedThrough: last, through: last))
    }

    private func bounds(foldedThrough position: Position, through end: Position) -> History.Bounds {
        .init(first: first, folded: position, end: end, cut: cut, voided: voided, newlyVoided: newlyVoided)
    }
}
