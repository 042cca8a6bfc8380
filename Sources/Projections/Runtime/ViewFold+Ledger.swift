import EventLog
import Touchpoints

/// Recorded order: each record is a step where it stands, and never again (rules 5, 23, 34 and 35).
///
/// What a step emits belongs to the strand of its event, that of a wake-up to the smallest strand of its customer; so
/// does a failure. A customer is set aside while it holds a strand with a failure, and all that its strands have emitted
/// is out of the totals then.
extension ViewFold {
    /// A customer that no decision of the batch is about takes its events by itself; the others and the decisions are
    /// booked in the order of the log.
    func prepareBooking(_ batch: inout OpenBatch) throws {
        let decisions = log.decisions(batch.range)
        batch.waits = Set(try decisions.flatMap { try strands(of: $0) }.map { identity.customer(of: $0) })
        batch.inOrder = decisions.map(\.position)
    }

    /// What there is to take in recorded order.
    func gatherRecorded(_ batch: OpenBatch, of customers: ClosedRange<UInt32>) throws -> Gathering {
        try gather(batch.range, of: customers, isShared: cut == nil, laneCount: tuning.laneCount) { event in
            let customer = identity.customer(of: event.strand)
            guard isCounted(event), customers.contains(customer.rawValue) else { return .nobody }
            guard !event.strand.isNone else { return .totals }
            return !batch.waits.isEmpty && batch.waits.contains(customer) ? .inOrder : .customer(customer)
        }
    }

    func bookInOrder(_ positions: [Position], of range: ClosedRange<Position>) throws {
        guard !positions.isEmpty else { return }
        let blocks = try log.openBlocks(range)
        for position in positions.ascending { try book(blocks.event(at: position)) }
    }

    /// The strands that a decision is about.
    private func strands(of decision: Decision) throws -> [StrandNumber] {
        let log = log
        switch decision.act {
        case .join(let a, let b, _), .merge(let a, let b): return [a, b]
        case .split(let leaving): return leaving
        case .void(let target): return [try log.event(at: target).strand]
        }
    }

    /// Whether a record books anything, where only what was recorded up to a cut does.
    private func isCounted(_ record: borrowing EventView) -> Bool { cut.map { record.recorded <= $0 } ?? true }

    /// Takes the arrivals of a customer of whom a step has failed in this batch or before.
    func bookOneByOne(_ customer: CustomerNumber, _ arrivals: Arrivals) throws {
        let (page, index) = try table.page(of: customer)
        if !page.slots[index].isSetAside {
            try takeAllAgain(customer, page, index, through: checkpoint, wakeUpsBy: clock)
        }
        let blocks = arrivals.blocks
        let start = arrivals.firstIndex(from: Int(customer.rawValue))
        for entry in start..<arrivals.end(ofCustomerAt: start) {
            let event = blocks.event(at: arrivals.position(entry))
            try post(event, at: event.recorded)
        }
    }

    /// Takes a record in its order. O(1); a decision O(the customers that it is about); a failure O(all their steps).
    private func book(_ record: borrowing EventView) throws {
        guard let decision = Decision(record) else { return try post(record, at: record.recorded) }
        guard memory.note(decision) else { return }
        let time = min(record.recorded, cut ?? record.recorded)
        switch decision.act {
        case .void(let target):
            if isCounted(record), target >= first { try reverse(target, record, at: time) }
        case .join(let a, let b, _), .merge(let a, let b): try join(a, b, decision, at: time)
        case .split(let leaving): try part(leaving, decision, at: time)
        }
    }

    private func post(_ event: borrowing EventView, at time: Timestamp) throws {
        marker?.noteEvent(event.position)
        let customer = identity.customer(of: event.strand)
        let (page, index) = try table.page(of: customer)
        touch(customer, page, index)
        try fireDue(by: time, of: customer, page, index, through: event.position.previous)
        let kept = page.slots[index].isSetAside ? page.slots[index].state : nil
        page.slots[index].key = stepper.key(of: event)
        do {
            try stepper.fold(&page.slots[index].state, event, at: time, &sink)
            emit(from: customer, page, index)
        } catch {
            try fail(
                SetAside(customer: customer, position: event.position, reason: "\(error)"), page, index, kept: kept,
                through: event.position, wakeUpsBy: time)
        }
    }

    /// Books the reverse of what an event has booked, on the customer that holds its strand now.
    private func reverse(_ target: Position, _ void: borrowing EventView, at time: Timestamp) throws {
        let log = log
        let event = try log.event(at: target)
        guard event.isFolded else { return }
        guard !event.strand.isNone else {
            return moveUnowned(event, by: schedule.projector(at: target), .takeBack)
        }
        let customer = identity.customer(of: event.strand)
        let (page, index) = try table.page(of: customer)
        touch(customer, page, index)
        try fireDue(by: time, of: customer, page, index, through: void.position.previous)
        marker?.noteEvent(void.position)
        // The event may be the one that failed: then the customer comes back.
        if page.slots[index].isSetAside {
            return try takeAllAgain(customer, page, index, through: void.position, wakeUpsBy: time)
        }
        do {
            try stepper.reverse(&page.slots[index].state, event, voidedBy: void, at: time, &sink)
            emit(from: customer, page, index)
        } catch {
            try fail(
                SetAside(customer: customer, position: void.position, reason: "\(error)"), page, index, kept: nil,
                through: void.position, wakeUpsBy: time)
        }
    }
}

/// Wake-ups.
extension ViewFold {
    func fireDue(
        by time: Timestamp, of customer: CustomerNumber, _ page: PageTable<P.State>.Page, _ index: Int,
        through position: Position
    ) throws {
        while page.slots[index].isPresent, !page.slots[index].isQuiet,
            let due = stepper.projector.nextWake(page.slots[index].state), due <= time
        {
            try fireInPool(due, of: customer, page, index, through: position)
        }
    }

    /// - Parameter position: the steps up to here have been taken.
    func fireInPool(
        _ due: Timestamp, of customer: CustomerNumber, _ page: PageTable<P.State>.Page, _ index: Int,
        through position: Position
    ) throws {
        let kept = page.slots[index].isSetAside ? page.slots[index].state : nil
        do {
            try stepper.wake(&page.slots[index].state, due: due, of: customer, &sink)
            if kept == nil { cells.apply(&sink, .add) } else { sink.discard() }
        } catch {
            let entry = SetAside(
                customer: customer, position: page.slots[index].key.position, reason: "wake-up due at \(due): \(error)")
            page.slots[index].isQuiet = true
            try fail(entry, page, index, kept: kept, through: position, wakeUpsBy: due)
        }
    }
}

/// After a step.
extension ViewFold {
    /// An event was folded: adds what it emitted, unless the customer is set aside.
    @inline(__always)
    private func emit(from customer: CustomerNumber, _ page: PageTable<P.State>.Page, _ index: Int) {
        page.slots[index].isQuiet = false
        if page.slots[index].isSetAside { sink.discard() } else { cells.apply(&sink, .add) }
        noteWake(of: customer, page, index)
    }

    func noteWake(of customer: CustomerNumber, _ page: PageTable<P.State>.Page, _ index: Int) {
        if let due = stepper.projector.nextWake(page.slots[index].state) { table.lowerEarliest(of: customer, to: due) }
    }

    /// A step failed, and may have left the state half changed.
    ///
    /// - Parameter kept: the state before it, where the customer was set aside already.
    private func fail(
        _ entry: SetAside, _ page: PageTable<P.State>.Page, _ index: Int, kept: P.State?, through position: Position,
        wakeUpsBy bound: Timestamp
    ) throws {
        sink.discard()
        guard let kept else {
            return try takeAllAgain(entry.customer, page, index, through: position, wakeUpsBy: bound)
        }
        page.slots[index].state = kept
        page.slots[index].poisoned += 1
    }

    /// Takes all steps of a customer again, when it is to be set aside or may come back, and moves what its strands have
    /// emitted out of the totals or into them.
    private func takeAllAgain(
        _ customer: CustomerNumber, _ page: PageTable<P.State>.Page, _ index: Int, through position: Position,
        wakeUpsBy bound: Timestamp
    ) throws {
        let strands = identity.strands(of: customer)
        var run = PoolRun(self, with: strands[0])
        try run.fold(through: position, wakeUpsBy: bound)
        let wasSetAside = page.slots[index].isSetAside
        let failures = run.failures(of: strands)
        let pool = run.pools[customer] ?? .init()
        page.slots[index].state = pool.state
        page.slots[index].key = pool.key
        page.slots[index].isQuiet = pool.isQuiet
        page.slots[index].poisoned = UInt32(failures.count)
        if wasSetAside != page.slots[index].isSetAside {
            move(strands, of: run, wasSetAside ? .add : .takeBack)
        }
        note(failures, of: customer)
        noteWake(of: customer, page, index)
    }

    /// Moves what the steps of strands have emitted into the totals, or out of them.
    func move(_ strands: [StrandNumber], of run: PoolRun<P>, _ sign: Sign) {
        for strand in strands {
            if let emission = run.emissions[strand] { cells.apply(emission, sign) }
        }
    }

    /// Notes for which failure a customer is set aside, if for any.
    func note(_ failures: [PoolRun<P>.Failure], of customer: CustomerNumber) {
        note(
            failures.first.map { SetAside(customer: customer, position: $0.position, reason: $0.reason) }, customer)
    }
}
