import Touchpoints

/// Wake-ups.
extension ViewFold {
    /// Fires all that is due by `clock`, page by page; a page's bound tells whether it must be looked at.
    func fireWakeUps(by clock: Timestamp, through position: Position) throws {
        for number in table.earliest.indices where table.earliest[number] <= clock {
            let page = try table.page(number)
            var earliest = Timestamp.distantFuture
            for index in page.slots.indices where page.slots[index].isPresent {
                let customer = CustomerNumber(
                    rawValue: UInt32(number * PageTable<P.State>.pageSize + index))
                while !page.slots[index].isQuiet,
                    let due = stepper.projector.nextWake(page.slots[index].state), due <= clock
                {
                    touch(customer, page, index)
                    try fire(due, of: customer, &page.slots[index], through: position)
                }
                if !page.slots[index].isQuiet, let due = stepper.projector.nextWake(page.slots[index].state) {
                    earliest = min(earliest, due)
                }
            }
            table.setEarliest(ofPage: number, to: earliest)
        }
    }

    private func fire(
        _ due: Timestamp, of customer: CustomerNumber, _ slot: inout Slot<P.State>, through position: Position
    ) throws {
        let before = slot.state
        if slot.base == nil { slot.base = before }
        do {
            try stepper.wake(&slot.state, due: due, of: customer, &sink)
            if slot.isSetAside { sink.discard() } else { cells.apply(&sink, .add) }
        } catch {
            sink.discard()
            slot.state = before
            if !slot.isSetAside {
                try takeBackAll(of: customer, through: position, lastDue: slot.lastDue)
            }
            slot.poisoned += 1
            slot.isQuiet = true
            if setAside[customer] == nil {
                note(
                    SetAside(customer: customer, position: slot.key.position, reason: "wake-up due at \(due): \(error)")
                )
            }
        }
        slot.lastDue = max(slot.lastDue, due)
    }
}

/// Customers that are set aside.
extension ViewFold {
    /// Notes that a customer is set aside, or with nil that it is no longer.
    func note(_ entry: SetAside?, _ customer: CustomerNumber) {
        guard entry != nil || setAside[customer] != nil else { return }
        setAside[customer] = entry
        setAsideChanges[customer] = .some(entry)
    }

    func note(_ entry: SetAside) { note(entry, entry.customer) }
}
