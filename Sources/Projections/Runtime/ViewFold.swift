import EventLog
import Touchpoints

/// One view, live: its states and totals at one position, and how the next events of the log change them.
///
/// Events are folded batch by batch, under the identity and without the voided events of the batch's end. Within a
/// batch an event that is last for its customer is one step; a customer whose list of events changes otherwise (late
/// and voided events, strands that came or went) waits for the end of the batch and is then folded again, once. What
/// the old list emitted is taken back, what the new one emits is added. At the end of a batch every wake-up that is
/// due by the log's clock has fired. So at each batch's end the view equals the canonical fold, whatever the batches.
final class ViewFold<P: Projector> {
    let log: LogReader
    /// Who is one customer, at the checkpoint; while a batch is folded, at its end (rule 38).
    var identity: Identity
    /// The events that no longer count, at the same position.
    var voided: Set<Position>
    /// Identity and voids are those of a position ahead from the start, and stay.
    let knowsIdentity: Bool
    /// What else of the decisions up to there a view in recorded order asks for.
    var memory = DecisionMemory()
    /// Only events and wake-ups up to this time count (`--as-of`); nil: all.
    let cut: Timestamp?
    /// Events before this one count for nothing.
    let first: Position
    /// In recorded order the last record up to the cut: what comes behind it books nothing and wakes nobody (rule 11).
    let lastBooked: Position?
    /// Events of one customer between snapshots.
    var tuning = FoldTuning()
    let marker: FoldingMarker?
    /// Writes pages whose customers have nothing more to do in the batch; nil where the files must stand at a position.
    var spill: (() throws -> Void)?
    /// Told now and then how far a bulk is: that the view stands there is not true before the end. From any thread, one
    /// call at a time.
    var progress: ((Position) -> Void)?
    /// The batch in hand.
    var batch: OpenBatch?
    /// What other views of the log may have gathered already.
    private(set) var gatherings: Gatherings?
    var schedule: PolicySchedule<P>

    private(set) var checkpoint: Position
    private(set) var clock: Timestamp
    /// What of the batch that ends at the checkpoint is still to be done.
    var remaining: RemainingWork
    /// All wake-ups due by then have fired.
    var wokenThrough: Timestamp
    var traps: TrapList
    var table: PageTable<P.State>
    var cells: CellTable
    var snapshots: SnapshotTable
    var setAside: [CustomerNumber: SetAside]
    var setAsideChanges: [CustomerNumber: SetAside?] = [:]
    private let store: ViewStore?

    var sink = Sink()
    var stepper: Stepper<P>
    /// Policies that were activated up to here are in force for what is folded now.
    var policyPosition: Position
    /// In this batch: customers whose standing contribution is taken back, those whose lists of events change, and
    /// the events behind them that no longer count.
    var touched: [CustomerNumber] = []
    var edited: [CustomerNumber: ListEdit] = [:]
    var newlyVoided: Set<Position> = []

    /// - Parameter knownAt: fold under the identity and without the voided events of this position from the start,
    ///   whatever is folded up to where: what a fold that ends there (as-known) needs no merges for.
    /// - Parameter first: the fold begins with this event.
    init(
        log: LogReader, schedule: PolicySchedule<P>, store: ViewStore?, about: GenerationAbout?, marker: FoldingMarker?,
        cut: Timestamp? = nil, knownAt: Position? = nil, first: Position = Position(1),
        gatherings: Gatherings? = nil
    ) throws {
        self.log = log
        self.gatherings = gatherings
        self.schedule = schedule
        self.cut = cut
        self.first = first
        lastBooked = P.order == .recorded ? try cut.map { try log.position(recordedAtOrBefore: $0) } : nil
        self.marker = marker
        self.store = store
        checkpoint = about?.checkpoint ?? first.previous
        clock = about?.clock ?? .epoch
        remaining = about?.remaining ?? .nothing
        wokenThrough = about?.wokenThrough ?? .epoch
        let decided = P.order == .recorded ? checkpoint : knownAt ?? checkpoint
        identity = log.identity(at: decided)
        voided = Set(log.voids(at: decided).keys)
        knowsIdentity = knownAt != nil
        if P.order == .recorded { memory = DecisionMemory(log.decisions(.start...checkpoint)) }
        traps = about?.traps ?? TrapList()
        table = PageTable(
            earliest: try store?.loadEarliest() ?? [], load: { try store?.loadPage($0) })
        cells = try store?.loadCells() ?? CellTable()
        snapshots = SnapshotTable(load: { try store?.loadSnapshots(of: $0) ?? [] })
        setAside = try store?.loadSetAside() ?? [:]
        policyPosition = remaining == .wakeUps ? checkpoint.previous : checkpoint
        stepper = Stepper(projector: schedule.projector(at: policyPosition), traps: traps, marker: marker)
    }
}

/// Effects.
extension ViewFold {
    /// The effects that were written back. O(rows).
    func readOutbox() throws -> [OutboxRow] {
        try (store?.loadOutbox() ?? []).map { row in
            var reader = ByteReader(row.bytes.span.bytes)
            return try OutboxRow(from: &reader)
        }
    }
}

/// Batches.
extension ViewFold {
    /// Folds everything up to `target`. Cost: the events, plus a fold again for each customer with late ones.
    ///
    /// - Parameter limit: about so much is done at most.
    /// - Returns: false where there is more: the view then stands complete at no position, and is to be folded on.
    @discardableResult
    func fold(through target: Position, atMost limit: WorkLimit = WorkLimit()) throws -> Bool {
        var limit = limit
        while try takeBatch(atMost: &limit.pieces), try finishBatch(wakeUpsAtMost: &limit.wakeUps) {
            guard checkpoint < target else { return true }
            if let cut, checkpoint == lastBooked, clock < cut {
                // The wake-ups up to the cut fire before a later record regroups customers or activates a policy.
                clock = cut
                remaining = .wakeUpsOfNewPolicy
                continue
            }
            let end = schedule.lastPosition(behind: checkpoint, through: target)
            try begin(checkpoint.next...(isBooked(checkpoint.next) ? min(end, lastBooked ?? end) : end))
        }
        return false
    }

    /// Whether the record at a position lies before the cut; in recorded order only.
    func isBooked(_ position: Position) -> Bool { lastBooked.map { position <= $0 } ?? true }

    /// Whether the view stands between the pieces of a batch: at no position, then, and not to be written back.
    var isInBatch: Bool { batch != nil }

    private func begin(_ range: ClosedRange<Position>) throws {
        policyPosition = checkpoint
        stepper = Stepper(projector: schedule.projector(at: policyPosition), traps: traps, marker: marker)
        let recorded = try log.recordedTime(at: range.upperBound)
        var batch = OpenBatch(
            range, clock: max(clock, min(recorded, cut ?? recorded)), isParallel: !snapshots.hasEdits)
        batch.passes = passes(over: range)
        if P.order == .recorded {
            try prepareBooking(&batch)
        } else if !knowsIdentity {
            try decide(range)
        }
        self.batch = batch
    }

    /// Goes on with the batch in hand, with so many pieces at most, which it counts down; whether all of it is taken.
    private func takeBatch(atMost pieces: inout Int) throws -> Bool {
        guard batch != nil else { return true }
        while try hasPiece() {
            guard pieces > 0 else { return false }
            pieces -= 1
            try takePiece()
        }
        try endBatch()
        return true
    }

    /// What waited for the end of the batch is done.
    private func endBatch() throws {
        let range = batch!.range
        if P.order == .recorded {
            try bookInOrder(batch!.inOrder, of: range)
        } else {
            for customer in edited.ascending { try foldAgain(customer, edited[customer]!, through: range.upperBound) }
        }
        edited.removeAll(keepingCapacity: true)
        newlyVoided.removeAll()
        clock = batch!.clock
        checkpoint = range.upperBound
        remaining = .wakeUps
        batch = nil
    }
}

/// Going over to another position or policy, and to other states.
extension ViewFold {
    /// Goes over to a later position without folding anything: clock, identity and voids are those of there, and states are
    /// made for single customers only. O(decisions on the way, and the strands that they are about).
    ///
    /// - Returns: the customers that the decisions are about, as they were and as they have become.
    func stand(at position: Position, clock: Timestamp) throws -> Set<CustomerNumber> {
        let decisions = log.decisions(checkpoint.next...position)
        let regrouping = identity.apply(decisions)
        var concerned = Set(regrouping.before.keys).union(regrouping.after.keys)
        for decision in decisions {
            if P.order == .recorded { _ = memory.note(decision) }
            guard case .void(let target) = decision.act, voided.insert(target).inserted else { continue }
            let log = log
            concerned.insert(identity.customer(of: try log.event(at: target).strand))
        }
        self.clock = clock
        checkpoint = position
        return concerned
    }

    /// Goes over to the policy that the record at `position` has activated: from there on it says what standing
    /// contributions are, and when wake-ups are due. O(customers). Views in recorded order only.
    func changePolicy(at position: Position) throws {
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
    }

    /// Lets a customer wait for the end of the batch, since its list of events changes; from before its first event
    /// in the batch on.
    func edit(_ customer: CustomerNumber, behind position: Position, _ change: (inout ListEdit) -> Void) throws {
        let (page, index) = try table.page(of: customer)
        touch(customer, page, index)
        page.slots[index].isLate = true
        change(&edited[customer, default: ListEdit(foldedThrough: position)])
    }

    /// Takes back what the customer's state adds to the totals, once a batch, before the state changes.
    @inline(__always)
    func touch(_ customer: CustomerNumber, _ page: PageTable<P.State>.Page, _ index: Int) {
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
    func settle() throws {
        for customer in touched {
            let (page, index) = try table.page(of: customer)
            guard page.slots[index].isTouched else { continue }
            page.slots[index].isTouched = false
            page.slots[index].isLate = false
            guard page.slots[index].isPresent, !page.slots[index].isSetAside else { continue }
            stepper.projector.standing(page.slots[index].state, &sink)
            cells.apply(&sink, .add)
        }
        touched.removeAll(keepingCapacity: true)
    }
}
