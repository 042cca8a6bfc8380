import Touchpoints

/// What is still to be done behind the events of a batch, before the view stands at its end (rule 6).
enum RemainingWork: UInt8, Sendable {
    case nothing
    /// Wake-ups due by the clock, under the policy that the batch was folded under.
    case wakeUps
    /// The same under the policy that the batch's last record has activated; in recorded order only.
    case wakeUpsOfNewPolicy
}

/// Wake-ups.
extension ViewFold {
    /// Goes on behind the events of a batch, with `limit` wake-ups at most, which it counts down; whether all is done.
    ///
    /// Whatever it returns, totals and states belong together, and can be written back.
    func finishBatch(wakeUpsAtMost limit: inout Int) throws -> Bool {
        guard remaining != .nothing else { return true }
        if remaining == .wakeUps {
            guard try fireWakeUps(atMost: &limit) else { return false }
            if schedule.hasActivation(at: checkpoint) {
                try changePolicy(at: checkpoint)
                remaining = .wakeUpsOfNewPolicy
            }
        }
        if remaining == .wakeUpsOfNewPolicy {
            guard try fireWakeUps(atMost: &limit) else { return false }
        }
        remaining = .nothing
        wokenThrough = clock
        return true
    }

    /// Fires what is due by the clock, page by page; a page's bound tells whether it must be looked at. False when the
    /// limit was reached before the end: the bound of the page in hand then still says that it must be.
    private func fireWakeUps(atMost limit: inout Int) throws -> Bool {
        for number in table.earliest.indices where table.earliest[number] <= clock && isBooked(checkpoint) {
            let page = try table.page(number)
            var earliest = Timestamp.distantFuture
            for index in page.slots.indices where page.slots[index].isPresent {
                let customer = CustomerNumber(
                    rawValue: UInt32(number * PageTable<P.State>.pageSize + index))
                while !page.slots[index].isQuiet,
                    let due = stepper.projector.nextWake(page.slots[index].state), due <= clock
                {
                    guard limit > 0 else {
                        try settle()
                        return false
                    }
                    limit -= 1
                    touch(customer, page, index)
                    if P.order == .recorded {
                        try fireInPool(due, of: customer, page, index, through: checkpoint)
                    } else {
                        try fire(due, of: customer, &page.slots[index], through: checkpoint)
                    }
                }
                if !page.slots[index].isQuiet, let due = stepper.projector.nextWake(page.slots[index].state) {
                    earliest = min(earliest, due)
                }
            }
            table.setEarliest(ofPage: number, to: earliest)
        }
        try settle()
        return true
    }

    /// When the next customer wants to be woken; nil if none does. O(pages), and a look at those that may be the first.
    func earliestWakeUp() throws -> Timestamp? {
        var result = Timestamp.distantFuture
        // The page of the least bound mostly is the first: then no other is looked at.
        let first = table.earliest.indices.min { table.earliest[$0] < table.earliest[$1] }
        for number in [first].compactMap(\.self) + Array(table.earliest.indices) where table.earliest[number] < result {
            var earliest = Timestamp.distantFuture
            for slot in try table.page(number).slots where slot.isPresent && !slot.isQuiet {
                if let due = stepper.projector.nextWake(slot.state) { earliest = min(earliest, due) }
            }
            table.setEarliest(ofPage: number, to: earliest)
            result = min(result, earliest)
        }
        return result == .distantFuture ? nil : result
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
                try moveAll(of: customer, through: position, lastDue: slot.lastDue, .takeBack)
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
