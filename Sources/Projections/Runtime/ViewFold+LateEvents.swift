import EventLog
import Touchpoints

/// Late events.
extension ViewFold {
    /// Folds a customer again from before its first late event, or from the start where it is or becomes set aside.
    func foldAgain(_ entry: Late, through position: Position) throws {
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
    func takeBackAll(of customer: CustomerNumber, through last: Position, lastDue: Timestamp) throws {
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

    func takeSnapshot(of customer: CustomerNumber, _ slot: inout Slot<P.State>) throws {
        slot.sinceSnapshot = 0
        slot.snapshotOrdinal += 1
        try snapshots.append(
            .init(key: slot.key, ordinal: slot.snapshotOrdinal, poisoned: slot.poisoned, state: slot.state),
            of: customer)
        if !P.forgets { try snapshots.thin(of: customer) }
    }
}
