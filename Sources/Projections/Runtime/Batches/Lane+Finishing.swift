import Touchpoints

/// Bulks: what is left to be done for the customers of a page is done while it is at hand.
extension Lane {
    /// Fires the wake-ups due by the batch's clock, and adds what the new states say for as long as they hold.
    ///
    /// Customers who wait, for a fold again or for their turn in the log, go on waiting; so does one whose wake-up fails.
    ///
    /// - Parameter waits: customers of a ledger whom decisions of the batch are about.
    /// - Returns: no wake-up of one of the customers is due before; and whether none of them waits.
    mutating func finish(
        _ slots: inout [Slot<P.State>], first: Int, clock: Timestamp, waits: Set<CustomerNumber>
    ) -> (earliest: Timestamp, isWhole: Bool) {
        var slots = slots.mutableSpan
        var earliest = Timestamp.distantFuture
        var isWhole = true
        for place in slots.indices where slots[place].isPresent || slots[place].isTouched {
            let customer = CustomerNumber(rawValue: UInt32(first + place))
            let isWaiting = slots[place].isLate || (!waits.isEmpty && waits.contains(customer))
            if isWaiting || !fire(&slots[place], by: clock, of: customer) {
                isWhole = false
                if slots[place].isTouched { yield.touched.append(customer) }
            } else if slots[place].isTouched {
                slots[place].isTouched = false
                if !slots[place].isSetAside {
                    stepper.projector.standing(slots[place].state, &sink)
                    yield.cells.apply(&sink, .add)
                }
            }
            if !slots[place].isQuiet, let due = stepper.projector.nextWake(slots[place].state), due < earliest {
                earliest = due
            }
        }
        return (earliest, isWhole)
    }

    /// Fires what is due; false where a wake-up fails, which is then still to be fired.
    private mutating func fire(_ slot: inout Slot<P.State>, by clock: Timestamp, of customer: CustomerNumber) -> Bool {
        while !slot.isQuiet, let due = stepper.projector.nextWake(slot.state), due <= clock {
            touch(slot: &slot)
            let before = slot.state
            do {
                try stepper.wake(&slot.state, due: due, of: customer, &sink)
            } catch {
                slot.state = before
                sink.discard()
                return false
            }
            if P.order == .occurred {
                if slot.base == nil { slot.base = before }
                slot.lastDue = max(slot.lastDue, due)
            }
            if slot.isSetAside { sink.discard() } else { yield.cells.apply(&sink, .add) }
        }
        return true
    }
}
