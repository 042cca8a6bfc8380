import EventLog
import Touchpoints

/// The hot loop: customers take the events that a batch has brought them, one customer after the other.
///
/// What comes of it is moved in and out, so that nothing is looked up through the view per event.
struct Lane<P: Projector>: ~Copyable {
    let stepper: Stepper<P>
    let arrivals: Arrivals
    /// What was folded before the batch.
    let foldedThrough: Position
    let snapshotSpacing: UInt32
    var yield: LaneYield
    var sink = Sink()
    private var keys: [FoldKey] = []
    private var newSnapshots: [SnapshotTable.Entry] = []

    init(
        _ stepper: Stepper<P>, _ arrivals: Arrivals, foldedThrough: Position, snapshotSpacing: UInt32,
        into yield: consuming LaneYield
    ) {
        self.stepper = stepper
        self.arrivals = arrivals
        self.foldedThrough = foldedThrough
        self.snapshotSpacing = snapshotSpacing
        self.yield = yield
    }

    /// Hands the customers of one page what has arrived for them.
    ///
    /// - Parameters:
    ///   - indices: those of the page's events.
    ///   - first: the number of the page's first customer.
    /// - Returns: no wake-up of one of these customers is due before.
    mutating func take(
        _ indices: Range<Int>, _ slots: inout [Slot<P.State>], first: Int, isBulk: Bool
    ) throws -> Timestamp {
        var slots = slots.mutableSpan
        var earliest = Timestamp.distantFuture
        var start = indices.lowerBound
        while start < indices.upperBound {
            let end = arrivals.end(ofCustomerAt: start)
            let customer = arrivals.customer(start)
            let place = Int(customer.rawValue) - first
            // Of a bulk, all customers of the page are settled at once.
            if !isBulk, !slots[place].isTouched { yield.touched.append(customer) }
            touch(slot: &slots[place])
            if P.order == .recorded {
                book(customer, &slots[place], start..<end)
            } else {
                try take(customer, &slots[place], start..<end)
            }
            if let due = stepper.projector.nextWake(slots[place].state), due < earliest { earliest = due }
            start = end
        }
        return earliest
    }

    /// Takes back what the customer's state adds to the totals, once a batch, before the state changes.
    @inline(__always)
    mutating func touch(slot: inout Slot<P.State>) {
        guard !slot.isTouched else { return }
        slot.isTouched = true
        guard slot.isPresent, !slot.isSetAside else { return }
        stepper.projector.standing(slot.state, &sink)
        yield.cells.apply(&sink, .takeBack)
    }
}

/// Occurred order.
extension Lane {
    /// A step each, when all of the events are behind the customer's last; else they are places in its changed list.
    private mutating func take(_ customer: CustomerNumber, _ slot: inout Slot<P.State>, _ indices: Range<Int>) throws {
        sortKeys(of: indices)
        if !slot.isLate, slot.key < keys[0], slot.lastDue <= keys[0].time {
            try steps(customer, &slot)
        } else {
            slot.isLate = true
            yield.edit(customer, ListEdit(foldedThrough: foldedThrough, keys: keys))
        }
    }

    private mutating func sortKeys(of indices: Range<Int>) {
        let blocks = arrivals.blocks
        keys.removeAll(keepingCapacity: true)
        var isSorted = true
        for index in indices {
            let key = stepper.key(of: blocks.event(at: arrivals.position(index)))
            if let last = keys.last, key < last { isSorted = false }
            keys.append(key)
        }
        if !isSorted { keys = keys.inFoldOrder }
    }

    private mutating func steps(_ customer: CustomerNumber, _ slot: inout Slot<P.State>) throws {
        let blocks = arrivals.blocks
        let before = (key: slot.key, lastDue: slot.lastDue, since: slot.sinceSnapshot, ordinal: slot.snapshotOrdinal)
        for key in keys {
            guard step(customer, &slot, blocks.event(at: key.position), key) else {
                // The fold again meets the same failure, finds its reason and goes on without the event.
                sink.discard()
                newSnapshots.removeAll()
                (slot.key, slot.lastDue, slot.sinceSnapshot, slot.snapshotOrdinal) = before
                slot.isLate = true
                yield.edit(customer, ListEdit(foldedThrough: foldedThrough, keys: keys, isBroken: true))
                return
            }
            if slot.sinceSnapshot >= snapshotSpacing { try takeSnapshotIfDue(customer, &slot) }
        }
        if slot.isSetAside { sink.discard() } else { yield.cells.apply(&sink, .add) }
        guard !newSnapshots.isEmpty else { return }
        for snapshot in newSnapshots { try yield.snapshots.append(snapshot, of: customer) }
        if !P.forgets { try yield.snapshots.thin(of: customer) }
        newSnapshots.removeAll(keepingCapacity: true)
    }

    /// The wake-ups due by the event, and the event; whether none failed.
    @inline(__always)
    private mutating func step(
        _ customer: CustomerNumber, _ slot: inout Slot<P.State>, _ event: borrowing EventView, _ key: FoldKey
    ) -> Bool {
        if slot.base != nil { slot.base = nil }
        do {
            while !slot.isQuiet, let due = stepper.projector.nextWake(slot.state), due <= key.time {
                try stepper.wake(&slot.state, due: due, of: customer, &sink)
            }
            try stepper.fold(&slot.state, event, at: key.time, &sink)
        } catch {
            return false
        }
        slot.key = key
        slot.lastDue = .distantPast
        slot.isQuiet = false
        slot.sinceSnapshot += 1
        return true
    }

    private mutating func takeSnapshotIfDue(_ customer: CustomerNumber, _ slot: inout Slot<P.State>) throws {
        let last = try newSnapshots.last ?? yield.snapshots.last(of: customer)
        guard slot.sinceSnapshot >= SnapshotTable.spacing(snapshotSpacing, behind: last) else { return }
        slot.sinceSnapshot = 0
        slot.snapshotOrdinal += 1
        newSnapshots.append(
            .init(key: slot.key, ordinal: slot.snapshotOrdinal, isQuiet: slot.isQuiet, state: slot.state))
    }
}

/// Recorded order.
extension Lane {
    /// A step each. Where one fails, or has failed before, none of them is taken here.
    private mutating func book(_ customer: CustomerNumber, _ slot: inout Slot<P.State>, _ indices: Range<Int>) {
        guard !slot.isSetAside else { return leave(customer, &slot) }
        let blocks = arrivals.blocks
        do {
            for index in indices {
                let event = blocks.event(at: arrivals.position(index))
                let key = stepper.key(of: event)
                while slot.isPresent, !slot.isQuiet, let due = stepper.projector.nextWake(slot.state), due <= key.time {
                    try stepper.wake(&slot.state, due: due, of: customer, &sink)
                }
                try stepper.fold(&slot.state, event, at: key.time, &sink)
                slot.key = key
                slot.isQuiet = false
            }
            yield.cells.apply(&sink, .add)
        } catch {
            sink.discard()
            leave(customer, &slot)
        }
    }

    private mutating func leave(_ customer: CustomerNumber, _ slot: inout Slot<P.State>) {
        slot.isLate = true
        yield.failed.append(customer)
    }
}
