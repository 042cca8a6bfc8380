import EventLog
import Touchpoints

/// One view, live: its states and totals at one position, and how the next events of the log change them.
///
/// Events are folded batch by batch. Within a batch an event that is last for its customer is one step; a customer
/// with a late one waits for the end of the batch and is then folded again from the snapshot before it, once. What
/// the old fold emitted is taken back, what the new one emits is added. At the end of a batch every wake-up that is
/// due by the log's clock has fired. So at each batch's end the view equals the canonical fold, whatever the batches.
final class ViewFold<P: Projector> {
    let log: LogReader
    let identity: Identity
    /// Only events and wake-ups up to this time count (`--as-of`); nil: all.
    let cut: Timestamp?
    /// Events of one customer between snapshots.
    var snapshotSpacing = SnapshotTable.spacing
    let marker: FoldingMarker?
    var schedule: PolicySchedule<P>

    private(set) var checkpoint: Position
    private(set) var clock: Timestamp
    var traps: TrapList
    var table: PageTable<P.State>
    var cells: CellTable
    var snapshots: SnapshotTable
    private(set) var setAside: [CustomerNumber: SetAside]
    var setAsideChanges: [CustomerNumber: SetAside?] = [:]

    private var sink = Sink()
    private var stepper: Stepper<P>
    /// Policies that were activated up to here are in force for what is folded now.
    private var policyPosition: Position
    /// In this batch: customers whose standing contribution is taken back, and those with late events.
    private var touched: [CustomerNumber] = []
    private var late: [Late] = []

    /// A customer whose events wait for the end of the batch.
    private struct Late {
        var customer: CustomerNumber
        /// The customer's events up to here are in the state and in the totals.
        var foldedThrough: Position
        var lastDue: Timestamp
        /// A step failed half-way: the state in the slot cannot be gone on from.
        var isBroken: Bool
    }

    init(
        log: LogReader, schedule: PolicySchedule<P>, store: ViewStore?, about: GenerationAbout?, marker: FoldingMarker?,
        cut: Timestamp? = nil
    ) throws {
        self.log = log
        self.identity = Identity()
        self.schedule = schedule
        self.cut = cut
        self.marker = marker
        checkpoint = about?.checkpoint ?? .start
        clock = about?.clock ?? .epoch
        traps = about?.traps ?? TrapList()
        table = PageTable(
            earliest: try store?.loadEarliest() ?? [], load: { try store?.loadPage($0, of: P.State.self) })
        cells = try store?.loadCells() ?? CellTable()
        snapshots = SnapshotTable(load: { try store?.loadSnapshots(of: $0) ?? [] })
        setAside = try store?.loadSetAside() ?? [:]
        policyPosition = about?.checkpoint ?? .start
        stepper = Stepper(projector: schedule.projector(at: policyPosition), traps: traps, marker: marker)
    }
}

/// Batches.
extension ViewFold {
    /// Folds everything up to `target`. Cost: the events, plus a fold again for each customer with late ones.
    func fold(through target: Position) throws {
        while checkpoint < target {
            let end = schedule.lastPosition(behind: checkpoint, through: target)
            try foldRange(checkpoint.next...end)
        }
    }

    private func foldRange(_ range: ClosedRange<Position>) throws {
        policyPosition = checkpoint
        stepper = Stepper(projector: schedule.projector(at: policyPosition), traps: traps, marker: marker)
        try log.forEachBlock(range) { block in
            let first = max(block.first, range.lowerBound)
            let last = min(Position(block.first.rawValue + UInt64(block.count) - 1), range.upperBound)
            for index in Int(first.rawValue - block.first.rawValue)...Int(last.rawValue - block.first.rawValue) {
                try take(block.event(index))
            }
        }
        for customer in late.sorted(by: { $0.customer < $1.customer }) {
            try foldAgain(customer, through: range.upperBound)
        }
        late.removeAll(keepingCapacity: true)
        let recorded = try log.recordedTime(at: range.upperBound)
        clock = max(clock, min(recorded, cut ?? recorded))
        try fireWakeUps(by: clock, through: range.upperBound)
        try settle()
        if schedule.hasActivation(at: range.upperBound) { try changePolicy(at: range.upperBound) }
        checkpoint = range.upperBound
    }

    /// Goes over to the policy that the record at `position` has activated: from there on it says what standing
    /// contributions are, and when wake-ups are due. O(customers). Views in recorded order only.
    private func changePolicy(at position: Position) throws {
        let old = stepper.projector
        policyPosition = position
        stepper = Stepper(projector: schedule.projector(at: position), traps: traps, marker: marker)
        for number in table.pages.indices {
            let page = try table.page(number)
            var earliest = Timestamp.distantFuture
            for slot in page.slots where slot.isPresent {
                if !slot.isSetAside {
                    old.standing(slot.state, &sink)
                    cells.apply(&sink, .takeBack)
                    stepper.projector.standing(slot.state, &sink)
                    cells.apply(&sink, .add)
                }
                if !slot.isQuiet, let due = stepper.projector.nextWake(slot.state) { earliest = min(earliest, due) }
            }
            if earliest < table.earliest[number] { table.markDirty(page: number) }
            table.setEarliest(ofPage: number, to: earliest)
        }
        try fireWakeUps(by: clock, through: position)
        try settle()
    }

    /// Takes one event: a step when it is the customer's last, else a place in the queue of the late.
    @inline(__always)
    private func take(_ event: borrowing EventView) throws {
        guard event.isFolded else { return }
        if let cut, stepper.key(of: event).time > cut { return }
        marker?.noteEvent(event.position)
        guard !event.strand.isNone else {
            if traps.events.contains(event.position) { return }
            stepper.projector.unowned(event, &sink)
            return cells.apply(&sink, .add)
        }
        let customer = identity.customer(of: event.strand)
        let (page, index) = try table.page(of: customer)
        touch(customer, page, index)
        guard !page.slots[index].isLate else { return }
        let key = stepper.key(of: event)
        guard page.slots[index].key < key, page.slots[index].lastDue <= key.time else {
            return queue(customer, page, index, before: event.position, isBroken: false)
        }
        let lastDue = page.slots[index].lastDue
        do {
            try step(&page.slots[index], event, key, customer)
        } catch {
            // The fold again meets the same failure, finds its reason and goes on without the event.
            sink.discard()
            page.slots[index].lastDue = lastDue
            return queue(customer, page, index, before: event.position, isBroken: true)
        }
        if page.slots[index].isSetAside { sink.discard() } else { cells.apply(&sink, .add) }
        if let due = stepper.projector.nextWake(page.slots[index].state) { table.lowerEarliest(of: customer, to: due) }
        if P.order == .occurred, page.slots[index].sinceSnapshot >= snapshotSpacing {
            try takeSnapshot(of: customer, &page.slots[index])
        }
    }

    /// The wake-ups due by the event, and the event.
    @inline(__always)
    private func step(
        _ slot: inout Slot<P.State>, _ event: borrowing EventView, _ key: FoldKey, _ customer: CustomerNumber
    ) throws {
        slot.base = nil
        while !slot.isQuiet, let due = stepper.projector.nextWake(slot.state), due <= key.time {
            try stepper.wake(&slot.state, due: due, of: customer, &sink)
        }
        try stepper.fold(&slot.state, event, at: key.time, &sink)
        slot.key = key
        slot.lastDue = .distantPast
        slot.isQuiet = false
        slot.sinceSnapshot += 1
    }

    private func queue(
        _ customer: CustomerNumber, _ page: PageTable<P.State>.Page, _ index: Int, before position: Position,
        isBroken: Bool
    ) {
        page.slots[index].isLate = true
        late.append(
            Late(
                customer: customer, foldedThrough: position.previous, lastDue: page.slots[index].lastDue,
                isBroken: isBroken))
    }

    /// Takes back what the customer's state adds to the totals, once a batch, before the state changes.
    @inline(__always)
    private func touch(_ customer: CustomerNumber, _ page: PageTable<P.State>.Page, _ index: Int) {
        guard !page.slots[index].isTouched else { return }
        page.slots[index].isTouched = true
        touched.append(customer)
        table.markDirty(customer)
        if page.slots[index].isPresent, !page.slots[index].isSetAside {
            stepper.projector.standing(page.slots[index].state, &sink)
            cells.apply(&sink, .takeBack)
        }
    }

    /// Adds what the states of the touched customers add to the totals now.
    private func settle() throws {
        for customer in touched {
            let (page, index) = try table.page(of: customer)
            page.slots[index].isTouched = false
            page.slots[index].isLate = false
            guard page.slots[index].isPresent, !page.slots[index].isSetAside else { continue }
            stepper.projector.standing(page.slots[index].state, &sink)
            cells.apply(&sink, .add)
        }
        touched.removeAll(keepingCapacity: true)
    }
}

/// Wake-ups.
extension ViewFold {
    /// Fires all that is due by `clock`, page by page; a page's bound tells whether it must be looked at.
    private func fireWakeUps(by clock: Timestamp, through position: Position) throws {
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

/// Late events.
extension ViewFold {
    /// Folds a customer again from before its first late event, or from the start where it is or becomes set aside.
    private func foldAgain(_ entry: Late, through position: Position) throws {
        let (page, index) = try table.page(of: entry.customer)
        let old = page.slots[index]
        let new = try keys(of: entry.customer, behind: entry.foldedThrough, through: position)
        let lastNew = new[new.count - 1]
        let known = try snapshots.all(of: entry.customer)
        let (start, ordinal) = try startOfFoldAgain(entry, old, before: new[0], known)
        let keys = try keys(of: entry.customer, after: start.key, through: position)

        var taken: [SnapshotTable.Entry] = []
        var isConverged = false
        let sinceStart = start.key == old.key ? old.sinceSnapshot : 0
        var sinceSnapshot = sinceStart
        var later = known.filter { $0.key > lastNew && $0.key > start.key }[...]
        let run = CustomerRun(self, entry.customer)
        var collected = Sink()
        var visited = FoldKey.start
        let end = try run.fold(
            from: start, keys, through: position, wakeUpsBy: .distantPast, into: &collected
        ) { key, state, poisoned in
            if key <= visited {  // the run has started again, since an event fails
                taken = []
                sinceSnapshot = sinceStart
                later = known.filter { $0.key > lastNew && $0.key > start.key }[...]
            }
            visited = key
            if let candidate = later.first, candidate.key == key {
                later.removeFirst()
                let kept = try candidate.decode(P.State.self)
                isConverged = kept.state == state && kept.poisoned == poisoned
                if isConverged { return true }
            }
            sinceSnapshot += 1
            if P.order == .occurred, sinceSnapshot == snapshotSpacing {
                sinceSnapshot = 0
                let number = ordinal + UInt32(taken.count) + 1
                taken.append(.init(key: key, ordinal: number, poisoned: poisoned, state: state))
            }
            return false
        }

        let isSetAside = isConverged ? old.isSetAside : end.poisoned > 0
        if !old.isSetAside {
            if isSetAside {
                try takeBackAll(of: entry.customer, through: entry.foldedThrough, lastDue: entry.lastDue)
            } else {
                let before = keys.filter { $0.position <= entry.foldedThrough && (!isConverged || $0 <= visited) }
                try takeBack(
                    of: entry.customer, from: start, before, lastDue: isConverged ? .distantPast : entry.lastDue)
            }
        }
        if isSetAside { collected.discard() } else { cells.apply(&collected, .add) }
        // Without this, each late event would leave one more snapshot just before the one that it ends at.
        if isConverged, sinceSnapshot < snapshotSpacing / 2 { _ = taken.popLast() }
        try snapshots.replace(
            of: entry.customer, after: start.key, before: isConverged ? visited : nil, by: taken)
        let failure = end.failure.map { SetAside(customer: entry.customer, position: $0.position, reason: $0.reason) }
        if isConverged {
            if let failure { note(failure) }
            return
        }
        page.slots[index].state = end.state
        page.slots[index].base = nil
        page.slots[index].lastDue = .distantPast
        page.slots[index].key = end.key
        page.slots[index].isQuiet = end.isQuiet
        page.slots[index].poisoned = end.poisoned
        page.slots[index].sinceSnapshot = sinceSnapshot
        page.slots[index].snapshotOrdinal = ordinal + UInt32(taken.count)
        if !P.forgets { try snapshots.thin(of: entry.customer) }
        note(failure, entry.customer)
        if let due = stepper.projector.nextWake(end.state) { table.lowerEarliest(of: entry.customer, to: due) }
    }

    /// The latest known state before the first late event. A customer that is set aside is folded from the start: its
    /// totals were taken back as a whole, and come back as a whole.
    private func startOfFoldAgain(
        _ entry: Late, _ old: Slot<P.State>, before firstNew: FoldKey, _ known: [SnapshotTable.Entry]
    ) throws -> (start: CustomerRun<P>.Start, ordinal: UInt32) {
        if old.isSetAside { return (.init(), 0) }
        if !entry.isBroken, old.key != .start, old.key < firstNew {
            return (.init(key: old.key, state: old.stateAtKey), old.snapshotOrdinal)
        }
        guard let snapshot = known.last(where: { $0.key < firstNew }) else { return (.init(), 0) }
        let kept = try snapshot.decode(P.State.self)
        return (.init(key: snapshot.key, state: kept.state, poisoned: kept.poisoned), snapshot.ordinal)
    }

    /// Takes back everything that a customer's fold has emitted.
    private func takeBackAll(of customer: CustomerNumber, through last: Position, lastDue: Timestamp) throws {
        try takeBack(of: customer, from: .init(), keys(of: customer, through: last), lastDue: lastDue)
    }

    private func takeBack(
        of customer: CustomerNumber, from start: CustomerRun<P>.Start, _ keys: some Collection<FoldKey>,
        lastDue: Timestamp
    ) throws {
        var emitted = Sink()
        let run = CustomerRun(self, customer)
        _ = try run.fold(from: start, keys, through: policyPosition, wakeUpsBy: lastDue, into: &emitted)
        cells.apply(&emitted, .takeBack)
    }

    /// A customer's events in the view's order: those with a key after `key` and a position behind `first`.
    ///
    /// Looks up these events only (in recorded order all behind `first`).
    func keys(
        of customer: CustomerNumber, after key: FoldKey = .start, behind first: Position = .start,
        through last: Position
    ) throws -> [FoldKey] {
        var keys: [FoldKey] = []
        let log = log
        // The log's histories are in occurred order.
        let stored = P.order == .occurred ? key : .start
        for strand in identity.strands(of: customer) {
            for stored in try log.history(of: strand, after: stored, through: last) where stored.position > first {
                let event = try log.event(at: stored.position)
                guard event.isFolded else { continue }
                let own = stepper.key(of: event)
                if let cut, own.time > cut { continue }
                if own > key { keys.append(own) }
            }
        }
        if P.order == .recorded || identity.strands(of: customer).count > 1 { keys.sort() }
        return keys
    }

    private func takeSnapshot(of customer: CustomerNumber, _ slot: inout Slot<P.State>) throws {
        slot.sinceSnapshot = 0
        slot.snapshotOrdinal += 1
        try snapshots.append(
            .init(key: slot.key, ordinal: slot.snapshotOrdinal, poisoned: slot.poisoned, state: slot.state),
            of: customer)
        if !P.forgets { try snapshots.thin(of: customer) }
    }

    private func note(_ entry: SetAside?, _ customer: CustomerNumber) {
        guard entry != nil || setAside[customer] != nil else { return }
        setAside[customer] = entry
        setAsideChanges[customer] = .some(entry)
    }

    private func note(_ entry: SetAside) { note(entry, entry.customer) }
}
