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
    /// The events of the chunk in hand, the first of which is the arrival with this index.
    private let copies: EventCopies
    private let first: Int
    /// The events of the customer in hand, in the order in which they are folded.
    private var own: [Own] = []
    private var newSnapshots: [SnapshotTable.Entry] = []

    init(
        _ stepper: Stepper<P>, _ arrivals: Arrivals, chunk: Int, foldedThrough: Position, snapshotSpacing: UInt32,
        into yield: consuming LaneYield
    ) {
        self.stepper = stepper
        self.arrivals = arrivals
        self.foldedThrough = foldedThrough
        self.snapshotSpacing = snapshotSpacing
        self.yield = yield
        copies = arrivals.copies(ofChunk: chunk)
        first = arrivals.chunks[chunk].lowerBound
    }

    /// Hands the customers of one page what has arrived for them.
    ///
    /// - Parameters:
    ///   - indices: those of the page's events.
    ///   - firstCustomer: the number of the page's first one.
    /// - Returns: no wake-up of one of these customers is due before.
    mutating func take(
        _ indices: Range<Int>, _ slots: inout [Slot<P.State>], firstCustomer: Int, isBulk: Bool
    ) throws -> Timestamp {
        var slots = slots.mutableSpan
        var earliest = Timestamp.distantFuture
        var start = indices.lowerBound
        while start < indices.upperBound {
            let end = arrivals.end(ofCustomerAt: start)
            let customer = arrivals.customer(start)
            let place = Int(customer.rawValue) - firstCustomer
            readKeys(of: start - first..<end - first)
            // Of a bulk, all customers of the page are settled at once.
            if !isBulk, !slots[place].isTouched { yield.touched.append(customer) }
            touch(slot: &slots[place])
            if P.order == .recorded {
                book(customer, &slots[place])
            } else {
                try take(customer, &slots[place])
            }
            if let due = stepper.projector.nextWake(slots[place].state), due < earliest { earliest = due }
            start = end
        }
        return earliest
    }

    /// In the order in which they are folded, mostly that of their positions.
    private mutating func readKeys(of indices: Range<Int>) {
        own.removeAll(keepingCapacity: true)
        var isSorted = true
        for index in indices {
            let key = stepper.key(of: copies.event(at: index))
            if let last = own.last, key < last.key { isSorted = false }
            own.append(Own(copy: index, key: key))
        }
        if !isSorted { own = own.inFoldOrder }
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

/// An event of the customer in hand: where its copy is, and its key.
struct Own: BitwiseCopyable {
    var copy: Int
    var key: FoldKey
}

/// Occurred order.
extension Lane {
    /// A step each, when all of the events are behind the customer's last; else they are places in its changed list.
    private mutating func take(_ customer: CustomerNumber, _ slot: inout Slot<P.State>) throws {
        let first = own[0].key
        if !slot.isLate, slot.key < first, slot.lastDue <= first.time {
            try steps(customer, &slot)
        } else {
            slot.isLate = true
            yield.edit(customer, ListEdit(foldedThrough: foldedThrough, keys: own.keys))
        }
    }

    private mutating func steps(_ customer: CustomerNumber, _ slot: inout Slot<P.State>) throws {
        let copies = copies
        let before = (key: slot.key, lastDue: slot.lastDue, since: slot.sinceSnapshot, ordinal: slot.snapshotOrdinal)
        for index in own.indices {
            let key = own[index].key
            guard step(customer, &slot, copies.event(at: own[index].copy), key) else {
                // The fold again meets the same failure, finds its reason and goes on without the event.
                sink.discard()
                newSnapshots.removeAll()
                (slot.key, slot.lastDue, slot.sinceSnapshot, slot.snapshotOrdinal) = before
                slot.isLate = true
                yield.edit(customer, ListEdit(foldedThrough: foldedThrough, keys: own.keys, isBroken: true))
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
    private mutating func book(_ customer: CustomerNumber, _ slot: inout Slot<P.State>) {
        guard !slot.isSetAside else { return leave(customer, &slot) }
        let copies = copies
        do {
            for index in own.indices {
                let key = own[index].key
                let event = copies.event(at: own[index].copy)
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
